import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../report/problem.ts';
import type { Importers } from './missing-export.ts';

const FOLDER = '/node_modules/drizzle-orm/';

/**
 * Drizzle 1.0 has other tables and relations behind the same names. Read as those of 0.x, they
 * break far from the cause. Older releases of 0.x are read like this one.
 */
export function refuseNewerDrizzle(importers: Importers): void {
  for (const [url, files] of importers) {
    const at = url.lastIndexOf(FOLDER);
    if (at < 0) continue;
    const version = versionIn(fileURLToPath(url.slice(0, at + FOLDER.length)));
    if (version === undefined || version.startsWith('0.')) continue;
    throw new ProblemError({
      code: 'generate/drizzle-version',
      message: `the schema imports drizzle-orm ${version}. This package reads schemas of drizzle-orm 0.45.`,
      places: [...files.keys()].slice(0, 1).map((file) => ({ file })),
      fix: 'install drizzle-orm 0.45, with relations() in the place of defineRelations().',
    });
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
      readonly version?: string;
    };
    return version;
  } catch {
    return undefined;
  }
}
