import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../generate/project.fixture.ts';

const schema = (title: string): string => `
import { pgTable, text } from 'drizzle-orm/pg-core';
import { serverOnly } from ${kit};
export const notes = pgTable('notes', {
  id: text().primaryKey(),
  ${title}: text(),
  token: serverOnly(text()),
});
`;
const read = ({ folder }: TestProject, name: string): string =>
  readFileSync(join(folder, name), 'utf8');

test('writes the types, then nothing, then what changed, and --check compares them', async () => {
  using project = testProject({ 'schema.ts': schema('title') });
  expect(await project.generate(['supabase'])).toEqual({
    code: 0,
    err: '',
    out: '+ database-types.ts\n',
  });
  const text = read(project, 'database-types.ts');
  expect(text).toContain('          title: string | null\n          token: string | null\n');
  expect(await project.generate(['supabase'])).toMatchObject({
    code: 0,
    out: 'Nothing to write: everything is up to date.\n',
  });
  expect(await project.generate(['supabase', '--out', 'types/rows.ts'])).toMatchObject({
    code: 0,
    out: '+ types/rows.ts\n',
  });
  expect(read(project, 'types/rows.ts')).toBe(text);
  project.write({ 'schema.ts': schema('heading') });
  const { code, out } = await project.generate(['supabase', '--check']);
  expect(code).toBe(1);
  expect(out).toContain('+           heading: string | null');
  expect(read(project, 'database-types.ts')).toBe(text);
  expect(await project.generate(['supabase'])).toMatchObject({ code: 0 });
  expect(read(project, 'database-types.ts')).toContain('heading: string | null');
});

test('the part of garden.config.ts adds the target, and sets its file and form', async () => {
  using project = testProject({
    'schema.ts': schema('title'),
    'garden.config.ts':
      "export default { supabase: { out: './types/client.ts', form: 'client' } };",
  });
  const { code, out } = await project.generate();
  expect(code).toBe(0);
  expect(out).toMatch(/^\+ migrations\/[^]*\+ types\/client\.ts\n/);
  expect(read(project, 'types/client.ts')).toContain('title: string | null');
  expect(read(project, 'types/client.ts')).not.toContain('token');
  expect(await project.generate(['--check'])).toMatchObject({ code: 0 });
  // The project's formatter may change the layout.
  const formatted = await format('client.ts', read(project, 'types/client.ts'), {
    singleQuote: true,
  });
  expect(formatted.code).toContain('title: string | null;');
  project.write({ 'types/client.ts': formatted.code });
  expect(await project.generate(['--check'])).toMatchObject({ code: 0 });
  project.write({ 'types/client.ts': '' });
  expect(await project.generate(['--check'])).toMatchObject({ code: 1 });
});

test('--watch writes the types and no migrations', async () => {
  using project = testProject({
    'schema.ts': schema('title'),
    'garden.config.ts': 'export default { supabase: {} };',
  });
  const ran = await project.spawn(['--watch'], (told) => told.includes('Waiting for changes'));
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(/^\+ database-types\.ts\nWaiting for changes/);
});

test('a wrong form is refused with the valid ones', async () => {
  using project = testProject({
    'schema.ts': schema('title'),
    'garden.config.ts': "export default { supabase: { form: 'public' } };",
  });
  const { code, err } = await project.generate(['supabase']);
  expect(code).not.toBe(0);
  expect(err).toContain(`supabase.form is 'public', but must be 'exact' or 'client'`);
});

test('views and functions come from their SQL, and what is unknown is reported with its line', async () => {
  using project = testProject({
    'schema.ts': `import { sql } from 'drizzle-orm';
import { integer, pgTable, pgView, text } from 'drizzle-orm/pg-core';
import { companionSql } from ${kit};
export const notes = pgTable('notes', { id: integer().primaryKey(), title: text() });
export const long = pgView('long').as((q) =>
  q.select({ id: notes.id, size: sql\`length(title)\`.as('size') }).from(notes));
export const old = pgView('old', {}).existing();
export const functions = companionSql({
  key: 'function note_count()',
  create: 'create or replace function note_count() returns bigint language sql as $$ select count(*) from notes $$;',
});
`,
  });
  const { code, err } = await project.generate(['supabase']);
  expect(code).toBe(0);
  expect(err).toContain('supabase/unknown-type: ');
  expect(err).toContain('schema.ts:5  long');
  expect(err).toContain('supabase/unknown-view: ');
  expect(err).toContain('schema.ts:7  old');
  const text = read(project, 'database-types.ts');
  expect(text).toContain('        Row: {\n          id: number | null\n          size: unknown\n');
  expect(text).toContain(
    '        Update: {\n          id?: number | null\n          size?: never\n',
  );
  expect(text).toContain(
    '      note_count: { Args: Record<PropertyKey, never>; Returns: number }\n',
  );
});
