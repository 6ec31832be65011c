import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { testProject } from '../cli/generate/project.fixture.ts';

// Root can read every folder.
vi.mock(import('node:fs'), async (original) => {
  const real = await original();
  const readdirSync = ((folder: string, options: object) => {
    if (!folder.endsWith('pgdata')) return real.readdirSync(folder, options);
    throw Object.assign(new Error(`EACCES: permission denied, scandir '${folder}'`), {
      code: 'EACCES',
    });
  }) as typeof real.readdirSync;
  return { ...real, readdirSync };
});

// A separate module name: test files of a worker share modules, and other files must not get this
// mock.
const { expand, foldersOfPattern } = (await import(
  './expand-pattern.ts?where-not-all-may-be-read' as string
)) as typeof import('./expand-pattern.ts');

test('an unreadable folder has no files, and is not watched', () => {
  using project = testProject({ 'src/schema.ts': '', 'src/db/more.ts': '' });
  mkdirSync(join(project.folder, 'src/pgdata'));
  const { folder } = project;
  expect(foldersOfPattern(folder, './src/**/*.ts')).toEqual([
    join(folder, 'src'),
    join(folder, 'src/db'),
  ]);
  expect(expand(folder, './src/pgdata')).toEqual([]);
});
