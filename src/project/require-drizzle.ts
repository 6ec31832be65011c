import { dirname } from 'node:path';
import { requireVersions } from '../report/require-versions.ts';
import type { Importers } from './missing-export.ts';

/**
 * Checks the version of the drizzle-orm that the schema imports. In a workspace, it may differ from
 * that of the working directory. Tables of Drizzle 1.0 have a different structure, so reading them
 * as 0.x tables would fail with an unrelated error.
 */
export function requireDrizzle(importers: Importers): void {
  const files = [...importers]
    .filter(([url]) => url.includes('/node_modules/drizzle-orm/'))
    .flatMap(([, importing]) => [...importing.keys()]);
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    requireVersions(['drizzle-orm'], folder);
  }
}
