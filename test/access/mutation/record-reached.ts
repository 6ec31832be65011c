import { writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import process from 'node:process';
import { afterAll, expect } from 'vitest';
import { ROOT } from './patch-source.ts';

/** A setup file: records the mutations that a test file reaches, and how long it takes. */
const reached = new Set<number>();
const state = globalThis as { isMutant?: (id: number) => boolean };
state.isMutant = (id) => {
  reached.add(id);
  return false;
};
const begin = performance.now();

afterAll(() => {
  const file = relative(ROOT, expect.getState().testPath ?? '');
  const milliseconds = Math.round(performance.now() - begin);
  const name = `${basename(file)}-${process.pid}-${milliseconds}.json`;
  writeFileSync(
    join(process.env['REACHED'] ?? '', name),
    JSON.stringify({ file, milliseconds, reached: [...reached], process: process.pid }),
  );
});
