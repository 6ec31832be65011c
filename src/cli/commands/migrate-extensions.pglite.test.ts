import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import { testProject } from '../generate/project.fixture.ts';

const journal = (...tags: readonly string[]): string =>
  JSON.stringify({
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({ idx, version: '7', when: 1000 + idx, tag })),
  });

test('garden migrate and garden seed open a folder with the extensions in it', async () => {
  using project = testProject({
    'migrations/0000_a.sql': `create extension "uuid-ossp";
create extension pg_trgm;
create table notes (id uuid primary key default uuid_generate_v4(), title text);
create index on notes using gin (title gin_trgm_ops);`,
    'migrations/meta/_journal.json': journal('0000_a'),
    'garden.config.ts': `export default { seed: './seed.ts' };`,
    'seed.ts': `import { sql } from 'drizzle-orm';
export default async ({ db }) => { await db.execute(sql\`insert into notes (title) values ('first')\`); };`,
    'schema.ts': `import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });`,
  });
  expect(await project.garden(['migrate'])).toMatchObject({ code: 0, err: '' });
  // Opens the folder without the migrations: the database says what it needs.
  expect(await project.garden(['seed'])).toMatchObject({ code: 0, err: '' });
  project.write({
    'migrations/0001_b.sql': `insert into notes (title) values ('second');`,
    'migrations/meta/_journal.json': journal('0000_a', '0001_b'),
  });
  expect(await project.garden(['migrate'])).toMatchObject({ code: 0, err: '' });

  const { client, close } = await openPgliteFolder(join(project.folder, '.garden/pglite'));
  const { rows } = await client.query("select title from notes where title % 'first' order by 1");
  await close();
  expect(rows).toEqual([{ title: 'first' }]);
});

test('an extension that PGlite lacks is refused before a database is created', async () => {
  using project = testProject({
    'migrations/0000_a.sql': `select 1;\n--> statement-breakpoint\ncreate extension pg_cron;`,
    'migrations/meta/_journal.json': journal('0000_a'),
  });
  const ran = await project.garden(['migrate']);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(
    /^database\/no-extension: .*pg_cron.*\n {4}at {2}migrations\/0000_a\.sql:3\n/,
  );
  await expect(
    openPgliteFolder(join(project.folder, '.garden/pglite'), { create: false }),
  ).rejects.toThrow('does not exist');
});
