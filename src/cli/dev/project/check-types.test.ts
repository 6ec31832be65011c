import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { typeReporter } from './check-types.ts';

let folder: string;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'garden-types-'));
  symlinkSync(join(import.meta.dirname, '../../../../node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('type errors are printed once, and so is their end', async () => {
  const told: string[] = [];
  const stop = new AbortController();
  const report = typeReporter(folder, stop.signal, (text) => told.push(text));
  write('a.ts', 'export const a: string = 1;\n');
  // Without a tsconfig.json there is nothing to check.
  report.check();
  write(
    'tsconfig.json',
    '{ "compilerOptions": { "strict": true, "types": [] }, "files": ["a.ts"] }',
  );
  report.check();
  await expect.poll(() => told, { timeout: 30_000 }).toHaveLength(1);
  expect(told[0]).toMatch(/^types \| a\.ts\(1,14\): error TS2322: /);
  report.check();
  write('a.ts', 'export const a: string = "1";\n');
  // The check of the previous state is abandoned.
  report.check();
  await expect.poll(() => told, { timeout: 30_000 }).toHaveLength(2);
  expect(told[1]).toBe('✓ no type errors anymore.');
  write('a.ts', 'export const a: string = 2;\n');
  report.check();
  // A new run begins.
  report.cancel();
  write('a.ts', 'export const a: string = "2";\n');
  await sleep(500);
  report.check();
  await sleep(3000);
  expect(told).toHaveLength(2);
  stop.abort();
});
