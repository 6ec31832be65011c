import type { Operation, TableRules } from '../../../model/rule.ts';
import { rulesOfOperation, textOfRule, type RulesVersion } from './rules-version.ts';

/** An operation whose result may differ between two versions. */
export interface AskedOperation {
  readonly table: string;
  readonly operation: Operation;
  /** Only with a value in this column, because its grants changed. */
  readonly column?: string;
  /** The columns that an update of this operation changes. */
  readonly changeable: readonly string[];
}

/** The operations to compare, and the number of operations whose rules are the same. */
export interface AskedOperations {
  readonly asked: readonly AskedOperation[];
  readonly unchanged: number;
}

const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

/** Finds the operations whose rules are written differently in two versions. */
export function askedOperations(before: RulesVersion, after: RulesVersion): AskedOperations {
  const ids = [before, after].flatMap(({ rules }) => Object.keys(rules.tables));
  const asked: AskedOperation[] = [];
  let unchanged = 0;
  for (const table of [...new Set(ids)].sort()) {
    const changeable = freeColumns(table, [before, after]);
    for (const operation of OPERATIONS) {
      if (rulesText(before, table, operation) === rulesText(after, table, operation)) {
        unchanged += 1;
      } else asked.push({ table, operation, changeable });
    }
    asked.push(...changedColumns(table, before, after));
  }
  return { asked, unchanged };
}

function rulesText({ rules }: RulesVersion, table: string, operation: Operation): string {
  const asked = rulesOfOperation(rules, table, operation);
  // One closed rule denies the operation, whatever the others say.
  if (asked.some(({ op }) => op === 'nobody')) return 'nobody';
  return asked.map((rule) => textOfRule(rule, rules)).join('\n');
}

const isServerOnly = ({ serverOnly = [] }: TableRules, column: string): boolean =>
  serverOnly.includes(column);

/** Columns of a version that a principal may write. */
function columnsOf({ tables }: RulesVersion, table: string): readonly string[] {
  const columns = tables.find(({ id }) => id === table)?.columns ?? [];
  return columns.flatMap(({ name, generated }) => (generated === undefined ? [name] : []));
}

/** Columns that an update may change in every version that has rules for the table. */
function freeColumns(table: string, versions: readonly RulesVersion[]): readonly string[] {
  const lists = versions.flatMap((version) => {
    const own = version.rules.tables[table];
    if (!own) return [];
    return [
      columnsOf(version, table).filter(
        (column) => !own.immutable.includes(column) && !isServerOnly(own, column),
      ),
    ];
  });
  const [first = [], ...others] = lists;
  return first.filter((column) => others.every((list) => list.includes(column)));
}

/** Operations on a column that became immutable or server-only, or no longer is. */
function changedColumns(
  table: string,
  before: RulesVersion,
  after: RulesVersion,
): readonly AskedOperation[] {
  const [old, own] = [before.rules.tables[table], after.rules.tables[table]];
  if (!old || !own) return [];
  const shared = columnsOf(before, table).filter((name) => columnsOf(after, table).includes(name));
  return shared.flatMap((column) => {
    const isFixed = (rules: TableRules): boolean =>
      rules.immutable.includes(column) || isServerOnly(rules, column);
    const hides = isServerOnly(old, column) !== isServerOnly(own, column);
    const operations: readonly Operation[] = [
      ...(hides ? (['read', 'insert'] as const) : []),
      ...(isFixed(old) === isFixed(own) ? [] : (['update'] as const)),
    ];
    return operations.map((operation) => ({ table, operation, column, changeable: [column] }));
  });
}
