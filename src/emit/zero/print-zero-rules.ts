import type { AccessRules } from '../../model/rule.ts';
import { block, printLiteral, type Literal } from './print-literal.ts';

export interface PrintRulesOptions {
  /** The package that exports the rules' type. */
  readonly package?: string;
}

/**
 * Prints the access rules as a module. It includes the rules of tables that are not synced,
 * because an endpoint must refuse those too. They are plain data, so a client may import
 * them too.
 */
export function printZeroRules(rules: AccessRules, options: PrintRulesOptions = {}): string {
  const { package: from = '@techgarden/schema/server' } = options;
  const literal = block({
    claims: block(sorted(rules.claims)),
    tables: block(
      Object.fromEntries(
        Object.entries(sorted(rules.tables)).map(([name, table]) => [
          name,
          block(table as Readonly<Record<string, Literal>>),
        ]),
      ),
    ),
  });
  return `// Made by \`garden generate zero\` from the access rules of the Drizzle schema, and made anew
// by the next run: change the rules, not this file.
/* eslint-disable */

import type { AccessRules } from '${from}';

export const rules: AccessRules = ${printLiteral(literal)};
`;
}

/** Sorted by name, so that the order of files and exports does not matter. */
const sorted = (entries: object): Readonly<Record<string, Literal>> =>
  Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1))) as Readonly<
    Record<string, Literal>
  >;
