import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Deletes the declarations in dist that no entry point reaches: nobody can import them.

const root = join(import.meta.dirname, '..');
const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string | { readonly types: string }>>;
};
const reached = new Set<string>();
const visit = (file: string): void => {
  if (reached.has(file) || !existsSync(file)) return;
  reached.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.(?:js|ts)['"]/g,
  );
  for (const [, to = ''] of imports) visit(join(dirname(file), `${to}.d.ts`));
};
for (const entry of Object.values(entries)) {
  if (typeof entry !== 'string') visit(join(root, entry.types));
}
const dist = join(root, 'dist');
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const file = join(dist, name);
  if (name.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
}
