import type { Operation } from '../../model/rule.ts';
import type { AccessComparison } from './access-comparison.ts';

const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

/** What a comparison asked and covered, for people. */
export function comparisonLines(found: AccessComparison): readonly string[] {
  const { questions, worlds, cases, seed, enforcers, mixed, coverage, searches } = found;
  const shares = OPERATIONS.map((one) => `${one} ${Math.round(mixed[one] * 100)} %`);
  return [
    `${number(questions)} questions in ${number(worlds)} sets of rows, ${number(cases)} cases; seed ${seed}`,
    `compared with the rules: ${enforcers.join(', ')}`,
    `cases with allowed and denied rows: ${shares.join(', ')}`,
    `conditions that some rows met and others did not: ${coverage.covered} of ${coverage.conditions}`,
    ...coverage.missing.map((condition) => `  not covered: ${condition}`),
    ...Object.entries(searches).map(
      ([name, { calls, returned, withheld }]) =>
        `search ${name}: ${number(calls)} calls returned ${number(returned)} rows, and withheld ${number(withheld)}`,
    ),
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');
