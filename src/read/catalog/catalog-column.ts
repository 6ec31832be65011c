import type { Column } from '../../model/column.ts';
import type { ColumnRow } from './catalog-rows.ts';
import { catalogType } from './catalog-type.ts';

/** A column in a database. The catalog does not show whether it is server-only or touched. */
export function catalogColumn(row: ColumnRow): Column {
  const { name, not_null: notNull, doc } = row;
  return {
    name,
    key: name,
    type: catalogType(row),
    notNull,
    ...filledBy(row),
    ...generatedAs(row),
    serverOnly: false,
    touched: false,
    ...(doc !== null && { doc }),
  };
}

function filledBy({
  default: sql,
  identity,
  sequence,
}: ColumnRow): Pick<Column, 'default' | 'defaultSql' | 'identity'> {
  if (identity !== null && sequence !== null) {
    const mode = identity === 'a' ? 'always' : 'by default';
    return { default: 'database', identity: { mode, ...sequence } };
  }
  if (sql === null) return {};
  const isSerial = sequence !== null && sql.startsWith('nextval(');
  return { default: 'database', ...(!isSerial && { defaultSql: sql }) };
}

function generatedAs({
  generated,
  expression,
  identity,
}: ColumnRow): Pick<Column, 'generated' | 'generatedSql'> {
  if (generated !== null) {
    return {
      generated: generated === 's' ? 'stored' : 'virtual',
      ...(expression !== null && { generatedSql: expression }),
    };
  }
  return identity === 'a' ? { generated: 'identity' } : {};
}
