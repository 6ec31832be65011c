import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The file extension in imports of a project's modules, according to its tsconfig.json. */
export function importEnding(folder: string): '.ts' | '.js' | 'none' {
  const file = join(folder, 'tsconfig.json');
  if (!existsSync(file)) {
    const above = dirname(folder);
    return above === folder ? 'none' : importEnding(above);
  }
  const text = readFileSync(file, 'utf8');
  if (/"(?:allowImportingTs|rewriteRelativeImport)Extensions"\s*:\s*true/.test(text)) return '.ts';
  // These compiler settings require the extension of the compiled file.
  return /"module(?:Resolution)?"\s*:\s*"node(?:\d+|next)"/i.test(text) ? '.js' : 'none';
}
