import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Zero, type Schema } from '@rocicorp/zero';
import { expect, test } from 'vitest';
import { newId } from '../../../src/index.ts';
import { queries, schema, mutators, type Principal } from '../../../src/zero/index.ts';
import { token } from '../garden-server.fixture.ts';
import { openClient } from './open-client.ts';
import { PATIENT, type SyncedGarden } from './synced-garden.ts';

/** The page of tomorrow: it knows one more column. */
const newSchema = {
  ...schema,
  tables: {
    ...schema.tables,
    tags: {
      ...schema.tables.tags,
      columns: { ...schema.tables.tags.columns, motto: { type: 'string', optional: true } },
    },
  },
} as const satisfies Schema;

/** Migrations run while pages are open: those of today go on, and those of yesterday are told. */
export function testSchemaChange(garden: () => SyncedGarden): void {
  test('a column comes and goes while clients are connected', async () => {
    const { sql, cacheUrl } = garden();
    const [boss = ''] = [newId()];
    await sql`insert into account values (${boss}, 'Boss', null, now(), now())`;
    const as: Principal = { sub: boss, roles: ['admin'] };
    const told: string[] = [];
    const old = await openClient({ cacheUrl, as });
    const auth = await token({ sub: boss, roles: ['admin'] });
    const openNew = () =>
      new Zero({
        schema: newSchema as unknown as typeof schema,
        mutators,
        cacheURL: cacheUrl,
        kvStore: 'mem',
        userID: boss,
        auth,
        context: as,
        logSink: { log: () => {} },
        onUpdateNeeded: ({ type }) => void told.push(type),
      });
    const make = (name: string) =>
      mutators.tags.create({ id: newId(), name, slug: name, at: Date.now() });
    const seen = async (client: typeof old, text: string) =>
      (await client.run(queries.tags.list({ text }))) as readonly { readonly motto?: unknown }[];
    const listing = async (client: typeof old): Promise<void> => {
      await client.run(queries.tags.list({}), { type: 'complete' });
      client.materialize(queries.tags.list({}));
    };
    const clients = [old];
    try {
      await listing(old);

      // As `garden generate` writes it: the column, then the publication made anew.
      const publication = publicationStatement();
      await sql.begin(async (tx) => {
        await tx`alter table tags add column motto text default 'sync'`;
        await tx.unsafe(
          publication
            .replace(
              '"deleted_by", "created_at", "updated_at");',
              '"deleted_by", "created_at", "updated_at", "motto");',
            )
            .replace(/("public"."packages" \([^)]*), "motto"\)/, '$1)'),
        );
      });
      expect((await old.mutate(make('after-adding')).server).type).toBe('success');
      await sql`update tags set motto = 'written' where slug = 'after-adding'`;
      await expect.poll(() => seen(old, 'after-adding'), PATIENT).toHaveLength(1);

      const fresh = openNew();
      clients.push(fresh);
      await listing(fresh);
      await expect
        .poll(() => seen(fresh, 'after-adding'), PATIENT)
        .toMatchObject([{ motto: 'written' }]);
      expect((await fresh.mutate(make('from-the-new')).server).type).toBe('success');
      await expect
        .poll(() => seen(fresh, 'from-the-new'), PATIENT)
        .toMatchObject([{ motto: 'sync' }]);
      await expect.poll(() => seen(old, 'from-the-new'), PATIENT).toHaveLength(1);

      await sql.begin(async (tx) => {
        await tx.unsafe(publication);
        await tx`alter table tags drop column motto`;
      });
      // For the page that needs it: it must be loaded anew, from a server that has another.
      await expect.poll(() => told, PATIENT).toEqual(['SchemaVersionNotSupported']);
      const late = openNew();
      clients.push(late);
      await expect
        .poll(() => told, PATIENT)
        .toEqual(['SchemaVersionNotSupported', 'SchemaVersionNotSupported']);
      // For the one that never knew it, nothing has happened.
      expect((await old.mutate(make('after-dropping')).server).type).toBe('success');
      await expect.poll(() => seen(old, 'after-dropping'), PATIENT).toHaveLength(1);
    } finally {
      await Promise.all(clients.map((client) => client.close()));
    }
  });
}

/** Our own statement, from the migrations. */
function publicationStatement(): string {
  const folder = join(import.meta.dirname, '../../../migrations');
  const statements = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'));
  const last = statements.findLast((one) =>
    one.includes('alter publication "garden_zero" set table\n'),
  );
  if (last === undefined) throw new Error('no migration makes the publication');
  return last;
}
