import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The development database, and the secrets: git must ignore both. */
const IGNORED = ['.garden', '.env'] as const;

/** Those of them that the folder's .gitignore does not have. */
export function missingIgnores(folder: string): readonly string[] {
  const file = join(folder, '.gitignore');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // Also `/.garden/`, `**/.garden` and `.env*`.
  const names = new Set(lines.map((line) => line.trim().replaceAll(/^(?:\*\*)?\/|\/?\**$/g, '')));
  return IGNORED.filter((name) => !names.has(name));
}
