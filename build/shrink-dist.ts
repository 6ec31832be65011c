import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';

// A third of the package would be indentation and comments of its code. Names stay, for stack
// traces. Declarations keep their comments, which editors show.

const dist = join(import.meta.dirname, '../dist');
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (name.startsWith('web')) continue;
  const file = join(dist, name);
  if (name.endsWith('.js')) writeFileSync(file, await withoutSpace(readFileSync(file, 'utf8')));
  if (name.endsWith('.d.ts')) writeFileSync(file, withTabs(readFileSync(file, 'utf8')));
}

async function withoutSpace(code: string): Promise<string> {
  const result = await transform(code, {
    format: 'esm',
    target: 'esnext',
    charset: 'utf8',
    minifyWhitespace: true,
    legalComments: 'none',
  });
  return result.code;
}

function withTabs(declarations: string): string {
  return declarations.replaceAll(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
}
