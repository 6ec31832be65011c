import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { readCatalog } from './read-catalog.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

const file = new URL('catalog-manifest.json', import.meta.url);

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const query = async (sql: string): Promise<readonly object[]> =>
  (await database.client.query<object>(sql)).rows;

test('the migrations make exactly what the committed manifest says', async () => {
  const found = `${JSON.stringify(await readCatalog(query), undefined, 2)}\n`;
  if (process.env['UPDATE_MANIFEST'] === '1') await writeFile(file, found);
  const committed = await readFile(file, 'utf8').catch(() => '{}');
  expect(
    JSON.parse(found),
    'The migrations make another database than test/garden/catalog-manifest.json says. If that is ' +
      'what you meant, run `UPDATE_MANIFEST=1 npx vitest run test/garden/catalog-manifest` and ' +
      'commit the manifest: its diff is what the reviewer reads.',
  ).toEqual(JSON.parse(committed));
});

test('what the manifest is made of is all read back', async () => {
  await database.isolated(async ({ client }) => {
    await client.exec(`
      create schema apart;
      create function apart.one() returns integer language sql as 'select 1';
      create table apart.things (
        id integer generated always as identity primary key,
        word varchar(9) collate "C" not null default 'none' check (word <> ''),
        long integer generated always as (length(word)) stored
      );
      alter table apart.things enable row level security, force row level security;
      create policy readers on apart.things for select to public using (id > 0);
      create function apart.stop() returns trigger language plpgsql as 'begin return null; end';
      create trigger stopper before update on apart.things execute function apart.stop();
      create index shorter on apart.things (word desc) where id > 1;
      comment on column apart.things.word is 'A word.';
      comment on policy readers on apart.things is 'Who reads.';
    `);
    const catalog = await readCatalog(query);
    expect(catalog.tables['apart.things']).toEqual({
      rowSecurity: 'forced',
      columns: {
        id: { type: 'integer', nullable: false, identity: 'a' },
        long: { type: 'integer', nullable: true, generated: 's', default: 'length((word)::text)' },
        word: {
          type: 'character varying(9)',
          nullable: false,
          collation: 'C',
          default: "'none'::character varying",
        },
      },
      constraints: {
        things_pkey: 'PRIMARY KEY (id)',
        things_word_check: "CHECK (((word)::text <> ''::text))",
      },
      indexes: {
        shorter: 'CREATE INDEX shorter ON apart.things USING btree (word DESC) WHERE (id > 1)',
        things_pkey: 'CREATE UNIQUE INDEX things_pkey ON apart.things USING btree (id)',
      },
      triggers: {
        stopper:
          'CREATE TRIGGER stopper BEFORE UPDATE ON apart.things FOR EACH STATEMENT EXECUTE FUNCTION apart.stop()',
      },
      policies: {
        readers: {
          command: 'select',
          permissive: true,
          roles: 'public',
          using: '(id > 0)',
          check: null,
        },
      },
    });
    expect(Object.keys(catalog.functions)).toEqual(
      expect.arrayContaining(['apart.one()', 'apart.stop()']),
    );
    expect(catalog.comments).toMatchObject({
      'policy readers on apart.things': 'Who reads.',
      'table column apart.things.word': 'A word.',
    });
  });
});
