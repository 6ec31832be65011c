/** What a write may be refused by. */
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
 * A write that the rules refuse. It tells which rule of which table, and nothing
 * of the row: messages of mutators travel to clients.
 */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  /** As rules name it. */
  readonly table: string;
  readonly operation: WriteOperation;
  readonly rule: Refusal;
  /** The column that may not change, where `rule` is `immutable`. */
  readonly column: string | undefined;

  constructor(table: string, operation: WriteOperation, rule: Refusal, column?: string) {
    const reason = column === undefined ? `the rule ${rule}` : `${column} never changes,`;
    const hidden =
      operation === 'insert' && rule === 'read' ? ': the new row must be readable' : '';
    super(`${operation} on ${table}: ${reason} refuses it${hidden}.`);
    this.table = table;
    this.operation = operation;
    this.rule = rule;
    this.column = column;
  }
}
