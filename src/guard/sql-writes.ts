import { quoteName, quoteTable } from '../model/quote-sql.ts';
import type { TableRules } from '../model/rule.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import { typedParameter, valueText } from './sql-value.ts';
import type { TableWrites, Values } from './table-writes.ts';

/** The writes of a table in plain SQL, with Zero's semantics. */
export function sqlWrites(
  transaction: SqlTransaction,
  table: TableRules,
): Pick<TableWrites, 'insert' | 'update' | 'delete'> {
  const name = quoteTable(table.table);
  const run = async (write: (place: Place) => string): Promise<void> => {
    const values: unknown[] = [];
    const sql = write((column, value) => {
      const type = table.columns[column];
      const at = `$${values.push(type ? valueText(value, type) : value)}`;
      return type ? typedParameter(at, type) : at;
    });
    await transaction.query(sql, values);
  };
  const keyIs = (row: Values, place: Place): string =>
    table.key.map((column) => `${quoteName(column)} = ${place(column, row[column])}`).join(' and ');
  return {
    insert: (row) =>
      run((place) => {
        const columns = Object.keys(row).map((column) => quoteName(column));
        const values = Object.entries(row).map(([column, value]) => place(column, value));
        const key = table.key.map((column) => quoteName(column));
        return `insert into ${name} (${columns.join(', ')}) values (${values.join(', ')}) on conflict (${key.join(', ')}) do nothing`;
      }),
    update: (row) =>
      run((place) => {
        const changes = Object.entries(row)
          .filter(([column]) => !table.key.includes(column))
          .map(([column, value]) => `${quoteName(column)} = ${place(column, value)}`);
        return `update ${name} set ${changes.join(', ')} where ${keyIs(row, place)}`;
      }),
    delete: (row) => run((place) => `delete from ${name} where ${keyIs(row, place)}`),
  };
}

/** Adds a value as a parameter of the statement. */
type Place = (column: string, value: unknown) => string;
