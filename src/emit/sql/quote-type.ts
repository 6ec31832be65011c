import type { ColumnType } from '../../model/column-type.ts';
import { quoteName } from '../../model/quote-sql.ts';
import { sqlType } from '../../model/sql-type.ts';

/** A column's type as SQL that can be run: enum names are quoted, and a collation is explicit. */
export function quoteType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return type.collation === undefined ? 'text' : `text collate ${quoteName(type.collation)}`;
    case 'enum':
      return type.schema === undefined ? quoteName(type.name) : quoteName(type.schema, type.name);
    case 'array':
      return `${quoteType(type.of)}[]`;
    case 'other':
      return type.sql;
    default:
      return sqlType(type);
  }
}
