import { readFileSync } from 'node:fs';

/** `src/cli` and `dist/cli` have the same depth in the package. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
