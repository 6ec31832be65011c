import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { loadPgliteExtensions } from './pglite-extensions.ts';

test('in a folder without node_modules, the package finds pgvector itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garden-extensions-'));
  const before = process.cwd();
  process.chdir(folder);
  try {
    const loaded = await loadPgliteExtensions([
      { name: 'vector', optional: true },
      { name: 'postgis', optional: true },
    ]);
    expect(Object.keys(loaded)).toEqual(['vector']);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
});
