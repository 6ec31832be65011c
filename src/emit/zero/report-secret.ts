import { aboutColumn } from '../../model/about.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';
import { warning } from './finding.ts';
import { looksSecret } from '../../model/looks-secret.ts';
import { zeroTypeOf } from '../../model/zero-type.ts';

/** Reports a synced column whose name looks like that of a secret. */
export function reportSecret(column: Column, table: Table): readonly Finding[] {
  const { key, name } = column;
  if (!holdsText(column.type)) return [];
  if (!looksSecret(key, table.name) && !looksSecret(name, table.name)) return [];
  const shown = `${table.exportName}.${key}`;
  return [
    warning({
      code: 'zero/secret-column',
      message: `${shown} looks like a secret, and is synced to every client that may read the row.`,
      ...aboutColumn(table, column),
      fix: `mark it serverOnly(…), or set zero.tables.${table.exportName}.columns.${key}: false (or true if clients need it).`,
    }),
  ];
}

/** Numbers, timestamps and values of a fixed list are not secrets, whatever the column's name. */
function holdsText(type: ColumnType): boolean {
  if (type.kind === 'array') return holdsText(type.of);
  if (type.kind === 'enum' || ('values' in type && type.values !== undefined)) return false;
  const synced = zeroTypeOf(type)?.type;
  return synced === 'string' || synced === 'json';
}
