import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import type { TableState } from './rows-before.ts';

/** A check of the one row with a given key. */
export interface RowCheckInput {
  readonly access: AccessRules;
  readonly table: TableRules;
  readonly key: readonly string[];
  /** Each result is a boolean column with the rule's name. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Columns whose content is compared later, returned as text in the columns `c0`, `c1`, …. */
  readonly contents: readonly string[];
  /** Whether to return the whole row, as text in the column `row`. */
  readonly wholeRow: boolean;
  /** Whether to lock the row until the transaction ends. */
  readonly lock: boolean;
  /**
   * Whether rules see the table as it is, or as it was before the write. `unwritten` is a
   * row passed as parameters that is not in the table.
   */
  readonly state: 'now' | 'unwritten' | TableState;
}
