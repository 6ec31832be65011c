import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installedPackage } from '../../report/installed-package.ts';

/** The entry of Vite's API, if Vite is installed and the folder has a page. */
export function detectVite(folder: string): string | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const vite = installedPackage('vite', folder);
  return vite && join(vite.folder, 'dist/node/index.js');
}
