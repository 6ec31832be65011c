import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kit, testProject } from '../../cli/generate/project.fixture.ts';

const SCHEMA = `
import { anyone, defineAccess, id, pgTable } from ${kit};
const { access } = defineAccess();
/** Written by hand. */
export const notes = pgTable('notes', { id: id() }, (t) => [...access(t, { read: anyone })]).enableRLS();
`;

test.each<[file: string, told: string]>([
  [
    '0000_create_notes.sql',
    'migrate/missing-file: the journal lists 0000_create_notes, but its file is missing.',
  ],
  ['0001_companion.sql', 'migrate/missing-file: the journal lists 0001_companion'],
  ['meta/_journal.json', 'generate/damaged: the migration journal is missing.'],
])('a migrations folder without %s is refused, and nothing is written', async (file, told) => {
  using project = testProject({ 'schema.ts': SCHEMA });
  await project.generate();
  rmSync(join(project.folder, 'migrations', file));
  const left = project.migrations();
  for (const args of [['--check'], []]) {
    const { code, out, err } = await project.generate(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(told);
    expect(err).toContain(`at  migrations/${file}\n`);
  }
  expect(project.migrations()).toEqual(left);
});

test('a missing snapshot and an empty folder are accepted', async () => {
  using project = testProject({ 'schema.ts': SCHEMA, 'migrations/README.md': 'None yet.' });
  expect(await project.generate()).toMatchObject({ code: 0, err: '' });
  rmSync(join(project.folder, 'migrations/meta/0001_snapshot.json'));
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
});
