import { rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { implies } from '../rules/implication.ts';
import { lowerRule } from './lower-rule.ts';
import type { Asked } from './asked.ts';
import { rowQuestion, type RowQuestion } from './row-question.ts';
import { looksAt } from './rows-before.ts';

/** All that the guard asks about the rows of a table, each before or after a write. */
export interface TableQuestions {
  /** Columns that no update may change, in the order of their answers. */
  readonly fixed: readonly string[];
  /** Whether the rule for inserting is decided without looking at the row. */
  readonly insert: 'always' | 'never' | 'asked';
  /** Whether there is a row that an insert would leave alone. */
  readonly beforeInsert: RowQuestion;
  /** Answers `insert` for a row that is not written yet; absent where it implies `read`. */
  readonly newRow?: RowQuestion;
  /** Answers `insert`. */
  readonly afterInsert: RowQuestion;
  /** Answers `read`, `from`, and what the fixed columns hold. */
  readonly beforeUpdate: RowQuestion;
  /** Answers `read`, `to`, and what the fixed columns hold. */
  readonly afterUpdate: RowQuestion;
  /** Answers `read` and `delete`. */
  readonly beforeDelete: RowQuestion;
}

/** Writes a table's questions out, once for each table and way to lock. */
function tableQuestions(
  access: AccessRules,
  table: TableRules,
  key: readonly string[],
  lock: boolean,
): TableQuestions {
  const rules = [table.read, table.insert, table.update.from, table.update.to, table.delete];
  // Finds rules that come back to themselves, before they are followed without end.
  for (const rule of rules) lowerRule(rule, access);
  const insert = lowerRule(table.insert, access);

  const fixed = [...new Set([...table.immutable, ...table.key])].filter(
    // Nobody writes a server-only column through a guard, nor may the role read it.
    (column) => !key.includes(column) && !table.serverOnly?.includes(column),
  );
  const base: Omit<Asked, 'rules'> = {
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
  const asks = (...asked: readonly Rule[]): boolean =>
    asked.some((rule) => looksAt(rule, table.table, access));
  return {
    fixed,
    insert: insert === true ? 'always' : insert === false ? 'never' : 'asked',
    beforeInsert: rowQuestion({ ...base, rules: {} }),
    ...(!implies(table.insert, read) && {
      newRow: rowQuestion({ ...base, rules: { insert: table.insert }, state: 'unwritten' }),
    }),
    afterInsert: rowQuestion({
      ...base,
      rules: { insert: table.insert },
      state: 'without the row',
    }),
    beforeUpdate: rowQuestion({
      ...base,
      rules: { read, from },
      contents: fixed,
      wholeRow: asks(read, to),
      lock,
    }),
    afterUpdate: rowQuestion({
      ...base,
      rules: { read, to },
      contents: fixed,
      state: 'with the row before',
    }),
    beforeDelete: rowQuestion({ ...base, rules: { read, delete: table.delete }, lock }),
  };
}

const prepared = new WeakMap<AccessRules, Map<string, TableQuestions>>();

/** A table's questions, written out when they are first needed. */
export function preparedQuestions(
  access: AccessRules,
  table: string,
  key: readonly string[],
  lock: boolean,
): TableQuestions {
  const known = prepared.get(access) ?? new Map<string, TableQuestions>();
  prepared.set(access, known);
  const name = JSON.stringify([table, key, lock]);
  const questions = known.get(name) ?? tableQuestions(access, rulesOf(access, table), key, lock);
  known.set(name, questions);
  return questions;
}
