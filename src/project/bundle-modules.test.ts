import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { testProject } from '../cli/generate/project.fixture.ts';
import { newSeen } from './seen.ts';

// Root can read every file, and a file cannot be deleted at the right moment.
const unreadable = { 'secret.ts': 'EACCES', 'gone.ts': 'ENOENT' };
vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const readFile = (async (file: string, ...rest: [BufferEncoding]) => {
    const [, code] = Object.entries(unreadable).find(([name]) => file.endsWith(name)) ?? [];
    if (code === undefined) return real.readFile(file, ...rest);
    throw Object.assign(new Error(`${code}: open '${file}'`), { code });
  }) as typeof real.readFile;
  return { ...real, readFile };
});

// A separate module name: test files of a worker share modules, and other files must not get this
// mock.
const { bundleModules } = (await import(
  './bundle-modules.ts?where-not-all-can-be-read' as string
)) as typeof import('./bundle-modules.ts');
const bundle = (file: string) => bundleModules([file], `${file}.mjs`, 'schema', newSeen());

test('an unreadable file is reported with its name and its import', async () => {
  using project = testProject({ 'schema.ts': `\nexport * from './secret.ts';` });
  await writeFile(join(project.folder, 'secret.ts'), '');
  const load = (name: string) =>
    bundle(join(project.folder, name)).catch((error: unknown) => error);
  for (const name of ['schema.ts', 'secret.ts']) {
    expect(await load(name)).toMatchObject({
      problem: {
        code: 'generate/cannot-load',
        message: 'secret.ts cannot be loaded: it cannot be read: permission denied.',
        places: [{ file: join(project.folder, 'secret.ts') }],
        fix: 'restore it, or make it readable.',
      },
    });
  }
});

test('a file that is deleted during the run is reported as missing', async () => {
  using project = testProject({ 'gone.ts': '' });
  await expect(bundle(join(project.folder, 'gone.ts'))).rejects.toMatchObject({
    problem: { message: 'gone.ts cannot be loaded: it cannot be read: it does not exist.' },
  });
});
