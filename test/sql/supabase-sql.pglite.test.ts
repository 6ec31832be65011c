import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectFolder, type ProjectFolder } from '../../src/cli/project-folder.fixture.ts';
import { supabaseStandIns } from '../../src/read/sql/supabase-stand-ins.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

const kit = JSON.stringify(join(import.meta.dirname, '../../src/kit/index.ts'));
const SCHEMA = `
import { text, uuid } from 'drizzle-orm/pg-core';
import { companionSql, createdAt, defineAccess, id, indexOn, notBlank, owner, pgTable, references, role, or, updatedAt } from ${kit};
const { access } = defineAccess();
export const users = pgTable('users', { id: id() });
/** A note of one user. */
export const notes = pgTable(
  'notes',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    /** The heading. */
    title: text('title').notNull(),
    tags: text('tags').array().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    indexOn(t.userId),
    notBlank(t.title),
    ...access(t, {
      read: or(owner(t.userId), role('admin')),
      insert: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId],
    }),
  ],
).enableRLS();
export const noteFunctions = companionSql({
  key: 'function public.notes_titled(text)',
  create: "create or replace function public.notes_titled(words text) returns setof uuid language plpgsql as 'begin return query select n.id from public.notes n where n.title = words; end';",
  drop: 'drop function if exists public.notes_titled(text);',
});
`;
const ALICE = '00000000-0000-4000-8000-00000000000a';
const BOB = '00000000-0000-4000-8000-00000000000b';

let project: ProjectFolder;
let client: PGlite;
beforeAll(async () => {
  project = projectFolder(`{ dialect: 'postgresql', out: './sql', schema: './schema.ts' }`, {
    'schema.ts': SCHEMA,
  });
  client = await blankPostgres();
});
afterAll(async () => {
  await client.close();
  project.remove();
});

/** Runs a statement as a signed-in user, as PostgREST does. */
async function as(user: string, sql: string, roles: readonly string[] = []): Promise<unknown[]> {
  const claims = JSON.stringify({ sub: user, app_metadata: { roles } });
  await client.exec(
    `select set_config('request.jwt.claims', '${claims}', false), set_config('request.jwt.claim.sub', '${user}', false); set role authenticated`,
  );
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.exec('reset role');
  }
}

test('garden sql --supabase makes a database that isolates users, with defaults', async () => {
  const printed = await project.garden('sql', '--supabase', '--users', 'users');
  expect(printed).toMatchObject({ code: 0, err: '' });
  const standIns = supabaseStandIns([{ file: 'a.sql', text: printed.out }]);
  await client.exec(`create role anon; create role authenticated; ${standIns.sql}`);
  await client.exec(`grant usage on schema auth to authenticated;
    alter default privileges in schema public grant all on tables to anon, authenticated;
    insert into auth.users (id) values ('${ALICE}'), ('${BOB}')`);
  await client.exec(printed.out);
  await client.exec(printed.out);

  await as(ALICE, `insert into notes (user_id, title) values ('${ALICE}', 'first')`);
  await expect(
    as(BOB, `insert into notes (user_id, title) values ('${ALICE}', 'not mine')`),
  ).rejects.toThrow(/row-level security/);
  await expect(as(ALICE, `update notes set user_id = '${BOB}'`)).rejects.toThrow(/permission/);
  const [row] = (await as(ALICE, 'select * from notes')) as [Record<string, unknown>];
  expect(row).toMatchObject({ title: 'first', tags: [], user_id: ALICE });
  expect(row['updated_at']).toBeInstanceOf(Date);
  expect(await as(BOB, 'select * from notes')).toEqual([]);
  expect(await as(BOB, 'select * from notes', ['admin'])).toHaveLength(1);
  await client.exec(`update notes set updated_at = '2020-01-01'`);
  await as(ALICE, `update notes set title = 'second'`);
  const touched = await as(ALICE, `select from notes where updated_at > now() - interval '1 hour'`);
  expect(touched).toHaveLength(1);
  await client.exec(`delete from auth.users where id = '${ALICE}'`);
  expect((await client.query('select from notes')).rows).toEqual([]);
});

describe('garden sql', () => {
  const out = (...path: string[]) => join(project.folder, 'out', ...path);

  test('--out writes the SQL, a README and types, and nothing the second time', async () => {
    const args = ['sql', '--supabase', '--users', 'users', '--out', 'out'] as const;
    expect((await project.garden(...args)).out).toBe(
      '+ out/schema.sql\n+ out/README.md\n+ out/database-types.ts\n',
    );
    expect((await project.garden(...args)).out).toMatch(/^Nothing to write/);
    const readme = readFileSync(out('README.md'), 'utf8');
    expect(readme).toContain('psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f schema.sql');
    expect(readme).toContain('| `title` | text | yes |  | The heading. |');
    expect(readme).toContain("await supabase.from('notes').insert({ user_id: '…', title: '…' });");
    expect(readme).toContain("await supabase.from('notes').update({ title: '…' }).eq('id', id);");
    expect(readme).toContain('### notes_titled');
    expect(readme).toContain('| `words` | text | yes |');
    expect(readme).toContain("await supabase.rpc('notes_titled', { words: '…' });");
    expect(readFileSync(out('database-types.ts'), 'utf8')).toContain('notes: {');
  });

  test('--split writes numbered files that together are the single file', async () => {
    const ran = await project.garden('sql', '--split', '--out', 'out/parts', '--json');
    const { written } = JSON.parse(ran.out) as { written: string[] };
    expect(written).toEqual([
      'out/parts/01_extensions.sql',
      'out/parts/02_tables.sql',
      'out/parts/03_indexes.sql',
      'out/parts/04_functions.sql',
      'out/parts/05_security.sql',
      'out/parts/06_comments.sql',
      'out/parts/README.md',
    ]);
    const statements = (text: string) => text.replaceAll(/^-- .*$/gm, '').replaceAll(/\s+/g, ' ');
    const parts = readdirSync(out('parts'))
      .filter((name) => name.endsWith('.sql'))
      .map((name) => readFileSync(out('parts', name), 'utf8'));
    const whole = await project.garden('sql');
    expect(statements(parts.join('\n'))).toBe(statements(whole.out));
  });

  test.each([
    [['--split'], 'cli/missing-value', 'add --out FOLDER'],
    [['--users', 'users'], 'cli/missing-value', 'add --supabase'],
    [['--supabase', '--users', 'user'], 'sql/no-such-table', 'did you mean users?'],
    [['gardne'], 'cli/unknown-app', 'did you mean garden?'],
    [['--supabase', '--users', 'notes', '--out', 'schema.ts'], 'generate/cannot-write', 'choose'],
  ])('refuses %j', async (args, code, fix) => {
    const { err, code: exit } = await project.garden('sql', ...args);
    expect(exit).not.toBe(0);
    expect(err).toContain(`${code}: `);
    expect(err).toContain(fix);
  });
});
