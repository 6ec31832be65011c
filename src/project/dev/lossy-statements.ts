/** A statement that deletes or converts values, as drizzle-kit writes it. */
export interface LossyStatement {
  readonly text: string;
  /** The table, quoted as in the statement. */
  readonly table: string;
  /** The column, quoted; absent if the whole table is dropped. */
  readonly column?: string;
  /** The new type of the column; absent if it is dropped. */
  readonly type?: string;
}

const NAME = String.raw`"(?:[^"]|"")+"`;
const TABLE = `(${NAME}(?:\\.${NAME})?)`;
const DROP_TABLE = new RegExp(String.raw`^\s*DROP TABLE (?:IF EXISTS )?${TABLE}`, 'i');
const CHANGE_COLUMN = new RegExp(
  String.raw`^\s*ALTER TABLE (?:IF EXISTS )?${TABLE} (DROP COLUMN|ALTER COLUMN) (?:IF EXISTS )?(${NAME})(.*)$`,
  'is',
);

/**
 * The statements of a migration that may lose data: a dropped table or column, and a change
 * of type that may round or truncate. A cast to text or to an enum is exact.
 */
export function lossyStatements(statements: readonly string[]): readonly LossyStatement[] {
  return statements.flatMap((text): readonly LossyStatement[] => {
    const table = DROP_TABLE.exec(text)?.[1];
    if (table !== undefined) return [{ text, table }];
    const [, of, action = '', column, rest = ''] = CHANGE_COLUMN.exec(text) ?? [];
    if (of === undefined || column === undefined) return [];
    if (/^drop/i.test(action)) return [{ text, table: of, column }];
    const type = /^\s*SET DATA TYPE\s+(.*?)\s*(?:\bUSING\b|;|$)/is.exec(rest)?.[1];
    const isExact = type === undefined || type.startsWith('"') || /^text\b/i.test(type);
    return isExact ? [] : [{ text, table: of, column, type }];
  });
}

/** Each type can store all values of the types before it. */
const WIDER = [
  ['smallint', 'integer', 'bigint', 'numeric'],
  ['real', 'double precision'],
];

/** Whether the second type can store all values of the first. Both are named as Postgres prints them. */
export function isWider(from: string, to: string): boolean {
  if (from === to) return true;
  const [short, long] = [from, to].map(lengthOf);
  if (short !== undefined && long !== undefined) return short <= long;
  return WIDER.some((types) => types.includes(from) && types.indexOf(from) < types.indexOf(to));
}

function lengthOf(type: string): number | undefined {
  const found = /^(?:character varying|varchar)(?:\((\d+)\))?$/i.exec(type);
  return found ? Number(found[1] ?? Infinity) : undefined;
}
