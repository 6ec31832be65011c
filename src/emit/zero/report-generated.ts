import { aboutColumn } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import type { Finding } from '../../report/problem.ts';
import { warning } from './finding.ts';
import type { ColumnContext } from './plan-column.ts';

/** Reports columns that only Postgres fills: clients cannot set them, and cannot omit a key. */
export function reportGenerated(
  column: Column,
  { table, choice }: Omit<ColumnContext, 'defaults'>,
  isKey: boolean,
): readonly Finding[] {
  const name = `${table.exportName}.${column.key}`;
  const about = aboutColumn(table, column);
  const settle = `zero.tables.${table.exportName}.columns.${column.key}`;
  const isIdentity = column.generated === 'identity';
  if (isIdentity && !isKey && choice === undefined) {
    return [
      warning({
        code: 'zero/generated',
        message: `no client can set ${name}: Postgres refuses a value for a GENERATED ALWAYS column. It is optional: an insert omits it, and it reads as null until the database's value arrives.`,
        ...about,
        fix: `use generatedByDefaultAsIdentity() if clients set it, or set ${settle}: true, or { defaults: 'required' } if no client inserts: then it never reads as null.`,
      }),
    ];
  }
  // Naming a stored column only means that it is to be synced.
  const settled = isIdentity ? choice !== undefined : typeof choice === 'object';
  if (column.generated === undefined || !isKey || settled) return [];
  const ways = isIdentity ? 'use generatedByDefaultAsIdentity(), or give' : 'give';
  return [
    warning({
      code: 'zero/generated',
      message: `no client can insert a row of ${table.exportName}: its key ${column.key} is GENERATED ALWAYS, and Postgres refuses any value for it.`,
      ...about,
      fix: `${ways} the table an id that clients generate; or, if no client inserts, set ${settle}: { defaults: 'required' }.`,
    }),
  ];
}
