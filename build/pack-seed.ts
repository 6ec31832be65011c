import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Compresses seed/data into dist/seed, a part of the build: the package has half a megabyte less.

const from = join(import.meta.dirname, '../seed/data');
const to = join(import.meta.dirname, '../dist/seed');
mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((file) => file.endsWith('.json'))) {
  writeFileSync(join(to, `${name}.gz`), gzipSync(readFileSync(join(from, name)), { level: 9 }));
}
