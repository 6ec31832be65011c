import { rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { implies } from '../model/implication.ts';
import { lowerRule } from './lower-rule.ts';
import type { RowCheckInput } from './row-check-input.ts';
import { rowCheck, type RowCheck } from './row-check.ts';
import { readsTable } from './rows-before.ts';

/** The guard's checks of a table's rows, before or after a write. */
export interface TableChecks {
  /** Columns that no update may change, in the order of their results. */
  readonly fixed: readonly string[];
  /** Whether the insert rule is constant, independent of the row. */
  readonly insert: 'always' | 'never' | 'conditional';
  /** Whether the row already exists, so that an insert would leave it unchanged. */
  readonly beforeInsert: RowCheck;
  /** Returns `insert` for a row that is not written yet; absent if `insert` implies `read`. */
  readonly newRow?: RowCheck;
  /** Returns `insert`. */
  readonly afterInsert: RowCheck;
  /** Returns `read`, `from`, and the contents of the fixed columns. */
  readonly beforeUpdate: RowCheck;
  /** Returns `read`, `to`, and the contents of the fixed columns. */
  readonly afterUpdate: RowCheck;
  /** Returns `read` and `delete`. */
  readonly beforeDelete: RowCheck;
}

/** Compiles the checks of a table, once per table and lock mode. */
function compileChecks(
  access: AccessRules,
  table: TableRules,
  key: readonly string[],
  lock: boolean,
): TableChecks {
  const rules = [table.read, table.insert, table.update.from, table.update.to, table.delete];
  // Detects rules that refer to themselves before they are followed endlessly.
  for (const rule of rules) lowerRule(rule, access);
  const insert = lowerRule(table.insert, access);

  const fixed = [...new Set([...table.immutable, ...table.key])].filter(
    // A guard never writes a server-only column, and the role may not read it.
    (column) => !key.includes(column) && !table.serverOnly?.includes(column),
  );
  const base: Omit<RowCheckInput, 'rules'> = {
    access,
    table,
    key,
    contents: [],
    wholeRow: false,
    lock: false,
    state: 'now',
  };
  const { read } = table;
  const { from, to } = table.update;
  const readsOwnTable = (...someRules: readonly Rule[]): boolean =>
    someRules.some((rule) => readsTable(rule, table.table, access));
  return {
    fixed,
    insert: insert === true ? 'always' : insert === false ? 'never' : 'conditional',
    beforeInsert: rowCheck({ ...base, rules: {} }),
    ...(!implies(table.insert, read) && {
      newRow: rowCheck({ ...base, rules: { insert: table.insert }, state: 'unwritten' }),
    }),
    afterInsert: rowCheck({
      ...base,
      rules: { insert: table.insert },
      state: 'without the row',
    }),
    beforeUpdate: rowCheck({
      ...base,
      rules: { read, from },
      contents: fixed,
      wholeRow: readsOwnTable(read, to),
      lock,
    }),
    afterUpdate: rowCheck({
      ...base,
      rules: { read, to },
      contents: fixed,
      state: 'with the row before',
    }),
    beforeDelete: rowCheck({ ...base, rules: { read, delete: table.delete }, lock }),
  };
}

const prepared = new WeakMap<AccessRules, Map<string, TableChecks>>();

/** The checks of a table, compiled on first use. */
export function preparedChecks(
  access: AccessRules,
  table: string,
  key: readonly string[],
  lock: boolean,
): TableChecks {
  const known = prepared.get(access) ?? new Map<string, TableChecks>();
  prepared.set(access, known);
  const name = JSON.stringify([table, key, lock]);
  const checks = known.get(name) ?? compileChecks(access, rulesOf(access, table), key, lock);
  known.set(name, checks);
  return checks;
}
