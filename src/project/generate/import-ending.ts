import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How modules of a project name each other in imports, as its tsconfig.json has it. */
export function importEnding(folder: string): '.ts' | '.js' | 'none' {
  const file = join(folder, 'tsconfig.json');
  if (!existsSync(file)) {
    const above = dirname(folder);
    return above === folder ? 'none' : importEnding(above);
  }
  const text = readFileSync(file, 'utf8');
  if (/"(?:allowImportingTs|rewriteRelativeImport)Extensions"\s*:\s*true/.test(text)) return '.ts';
  // These want an ending, and take the one that the file is compiled to.
  return /"module(?:Resolution)?"\s*:\s*"node(?:\d+|next)"/i.test(text) ? '.js' : 'none';
}
