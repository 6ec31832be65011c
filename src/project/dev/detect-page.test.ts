import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectVite } from './detect-page.ts';

test('Vite has a page only where it is installed and there is an index.html', () => {
  const folder = mkdtempSync(join(tmpdir(), 'garden-detect-'));
  try {
    const vite = join(folder, 'node_modules/vite');
    mkdirSync(vite, { recursive: true });
    writeFileSync(join(vite, 'package.json'), '{ "version": "8.0.0" }');
    // vitest brings Vite along.
    expect(detectVite(folder)).toBeUndefined();
    writeFileSync(join(folder, 'index.html'), '');
    expect(detectVite(folder)).toBe(join(vite, 'dist/node/index.js'));
    rmSync(vite, { recursive: true });
    expect(detectVite(folder)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
