import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { located } from '../../report/placed.ts';
import type { Problem } from '../../report/problem.ts';

interface RuleName {
  /** The id of its table. */
  readonly table: string;
  readonly operation?: string;
}

/**
 * The object and places of a problem with rules: the object is the table of the first rule;
 * the places are those of all rules.
 */
export function aboutRules(
  rules: readonly [RuleName, ...RuleName[]],
  tables: readonly Table[],
): Pick<Problem, 'object' | 'places' | 'context'> {
  return {
    object: qualifiedName(splitTableId(rules[0].table)),
    ...located(
      rules.map(({ table: id, operation }) => [
        operation === undefined ? id : `${id} ${operation}`,
        tables.find((table) => table.id === id)?.at,
      ]),
    ),
  };
}
