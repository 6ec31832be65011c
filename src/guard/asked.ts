import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import type { TableState } from './rows-before.ts';

/** What is asked of the one row that a key finds. */
export interface Asked {
  readonly access: AccessRules;
  readonly table: TableRules;
  readonly key: readonly string[];
  /** Each answers under its name, with a boolean. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Columns whose content is compared later; they answer as `c0`, `c1`, …, with text. */
  readonly contents: readonly string[];
  /** Answers as `row`, with the whole row as text. */
  readonly wholeRow: boolean;
  /** Whether nobody else may change the row until the transaction ends. */
  readonly lock: boolean;
  /**
   * Whether rules look at the table as it is, or as it was before the write; `unwritten`
   * is a row that is given and not in the table.
   */
  readonly state: 'now' | 'unwritten' | TableState;
}
