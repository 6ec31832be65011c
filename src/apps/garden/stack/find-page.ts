import { existsSync, globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProblemError } from '../../../report/problem.ts';

const root = join(import.meta.dirname, '../../../..');
const source = join(root, 'src/apps/garden/page');
const shipped = join(root, 'dist/web');

interface Page {
  /** Folder of the built page. */
  readonly folder: string;
  readonly detail: string;
}

/** The example page: built from source if available, otherwise the version in the package. */
export async function findPage(dataFolder: string): Promise<Page> {
  if (!existsSync(source)) {
    if (existsSync(shipped)) return { folder: shipped, detail: 'from the package' };
    throw new ProblemError({
      code: 'stack/no-page',
      message: 'the example page is not in this installation.',
      places: [{ file: shipped }],
      fix: 'install the package again.',
    });
  }
  const folder = join(dataFolder, 'page');
  const from = relative(root, source);
  if (isCurrent(join(folder, 'index.html'))) return { folder, detail: `${from}, built before` };
  const { build } = await import('vite');
  await build({
    root: source,
    configFile: join(source, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  return { folder, detail: `built from ${from}` };
}

/** Whether the built page is newer than all of its sources. */
function isCurrent(built: string): boolean {
  if (!existsSync(built)) return false;
  const { mtimeMs } = statSync(built);
  return globSync(['src/apps/garden/page/**/*', 'src/**/*.ts', 'package-lock.json'], {
    cwd: root,
  }).every((file) => statSync(join(root, file)).mtimeMs < mtimeMs);
}
