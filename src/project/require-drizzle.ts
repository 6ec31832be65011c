import { dirname } from 'node:path';
import { requireVersions } from '../report/require-versions.ts';
import type { Importers } from './missing-export.ts';

/**
 * Checks the drizzle-orm that the schema imports: in a workspace, another one than that of the
 * working directory. Drizzle 1.0 has other tables behind the same names, and reading them as
 * those of 0.x fails far from the cause.
 */
export function requireDrizzle(importers: Importers): void {
  const files = [...importers]
    .filter(([url]) => url.includes('/node_modules/drizzle-orm/'))
    .flatMap(([, importing]) => [...importing.keys()]);
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    requireVersions(['drizzle-orm'], folder);
  }
}
