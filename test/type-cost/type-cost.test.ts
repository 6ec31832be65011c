import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Counts vary slightly between releases of TypeScript and Drizzle. */
const TOLERANCE = 1.05;

test('the type cost of the garden with relations and validators is within the budget', async () => {
  const here = import.meta.dirname;
  const budget = JSON.parse(await readFile(join(here, 'budget.json'), 'utf8')) as {
    instantiations: number;
  };
  const tsc = join(here, '../../node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [
    tsc,
    ...['--project', join(here, 'tsconfig.json'), '--noEmit', '--extendedDiagnostics'],
    // Several checkers instantiate the same types, which counts them twice.
    '--singleThreaded',
  ]);
  const instantiations = Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1]);
  expect(instantiations).toBeGreaterThan(0);
  expect(
    instantiations,
    `${instantiations} instantiations; the budget in test/type-cost/budget.json is ${budget.instantiations}`,
  ).toBeLessThanOrEqual(budget.instantiations * TOLERANCE);
});
