/** The rule that refuses a write. */
export type Refusal =
  | 'read'
  | 'insert'
  | 'update.from'
  | 'update.to'
  | 'delete'
  | 'immutable'
  | 'serverOnly';

export type WriteOperation = 'insert' | 'update' | 'upsert' | 'delete';

/**
 * Error for a write that the rules refuse. It names the table and the rule, but contains no
 * data of the row, because clients receive the messages of mutators.
 */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  /** The table's name in the rules. */
  readonly table: string;
  readonly operation: WriteOperation;
  readonly rule: Refusal;
  /** The column that may not change, if `rule` is `immutable`. */
  readonly column: string | undefined;

  constructor(table: string, operation: WriteOperation, rule: Refusal, column?: string) {
    const reason = column === undefined ? `refused by the rule ${rule}` : `${column} is immutable`;
    const hidden =
      operation === 'insert' && rule === 'read' ? ': the new row must be readable' : '';
    super(`${operation} on ${table}: ${reason}${hidden}.`);
    this.table = table;
    this.operation = operation;
    this.rule = rule;
    this.column = column;
  }
}
