// Compiles the generator's output, and code that uses it, with every supported TypeScript
// version: those of bench/package.json and our own. CI runs it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { compileNameCases } from './compile-name-cases.ts';

const root = join(import.meta.dirname, '../..');
const typescripts = [
  'node_modules/typescript',
  'bench/node_modules/typescript',
  'bench/node_modules/typescript-5.9',
];

for (const folder of typescripts) {
  const typescript = join(root, folder);
  const { version } = JSON.parse(await readFile(join(typescript, 'package.json'), 'utf8')) as {
    version: string;
  };
  for (const ending of ['.ts', '.js', 'none'] as const) {
    const complaints = await compileNameCases(typescript, ending);
    const name = `TypeScript ${version}, imports with ${ending === 'none' ? 'no ending' : ending}`;
    process.stdout.write(complaints === '' ? `ok ${name}\n` : `FAILED ${name}\n${complaints}\n`);
    if (complaints !== '') process.exitCode = 1;
  }
}
