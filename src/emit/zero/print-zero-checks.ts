import type { RowChecks } from '../../model/column-check.ts';
import { block, printLiteral, type Literal } from './print-literal.ts';

/**
 * Prints the checks of synced columns as a module for `crudMutators()`. They are plain
 * data without imports, so that a client loads nothing else with them.
 */
export function printZeroChecks(checks: RowChecks, insertOnly: readonly string[] = []): string {
  const literal = block(
    Object.fromEntries(
      Object.entries(checks).map(([table, columns]) => [
        table,
        block(columns as unknown as Readonly<Record<string, Literal>>),
      ]),
    ),
  );
  return `// Made by \`garden generate zero\` from the constraints of the Drizzle schema, and made anew
// by the next run: change the tables, not this file.
/* eslint-disable */

export const checks = ${printLiteral(literal)} as const;
${
  insertOnly.length === 0
    ? ''
    : `
/** Append-only tables, for the option \`insertOnly\` of \`crudMutators()\`. */
export const insertOnly = ${printLiteral([...insertOnly])} as const;
`
}`;
}
