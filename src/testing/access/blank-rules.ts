import type { Rule, TableRules } from '../../model/rule.ts';
import type { WorldTable } from './world.ts';

const nobody: Rule = { op: 'nobody' };

/** Rules of a table that deny every operation. */
export function blankRules(table: WorldTable): TableRules {
  return {
    table: table.table,
    key: table.key,
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([column, { type }]) => [column, type]),
    ),
    read: nobody,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: table.key,
  };
}
