import { aboutColumn } from '../../model/about.ts';
import type { Column } from '../../model/column.ts';
import { hasFormatCheck } from '../../model/holds-ciphertext.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';

/** Refuses encrypted columns that could hold plain text, or that cannot be decrypted or used. */
export function refuseEncrypted(tables: readonly Table[]): readonly Finding[] {
  return tables.flatMap((table) =>
    table.columns
      .filter(({ encrypted }) => encrypted !== undefined)
      .flatMap((column) => problemsOf(column, table)),
  );
}

function problemsOf(column: Column, table: Table): readonly Finding[] {
  const { key, name } = column;
  const shown = `${table.exportName}.${key}`;
  const finding = (message: string, fix: string): Finding => ({
    severity: 'error',
    code: 'schema/encrypted',
    message: `${shown} is encrypted, but ${message}.`,
    ...aboutColumn(table, column),
    fix,
  });
  const comparing = comparedIn(name, table);
  return [
    ...(hasFormatCheck(column, table)
      ? []
      : [finding('no CHECK refuses plain text', `add isEncrypted(t.${key}) to the table.`)]),
    ...(comparing === undefined
      ? []
      : [
          finding(
            `${comparing} compares its values, and each ciphertext is different`,
            'remove it; to find a row by a secret, store a hash, for example with hashedToken().',
          ),
        ]),
    ...(column.default === 'database'
      ? [finding('it has a default', 'remove the default: only the server can encrypt.')]
      : []),
    ...(hasSuitableKey(table)
      ? []
      : [
          finding(
            'its table has no primary key of uuids, texts or integers, to which a ciphertext is bound',
            'add such a primary key, for example id: id().',
          ),
        ]),
  ];
}

function comparedIn(name: string, table: Table): string | undefined {
  if (table.primaryKey?.columns.includes(name)) return 'the primary key';
  const constraint = [...table.uniques, ...table.foreignKeys].find(({ columns }) =>
    columns.includes(name),
  );
  if (constraint) return constraint.name;
  return table.indexes.find(({ columns }) =>
    columns.some((part) => 'column' in part && part.column === name),
  )?.name;
}

function hasSuitableKey({ primaryKey, columns }: Table): boolean {
  const types = (primaryKey?.columns ?? []).map(
    (name) => columns.find((column) => column.name === name)?.type.kind,
  );
  return types.length > 0 && types.every((kind) => kind !== undefined && SUITABLE.has(kind));
}

/** Types whose values are the same text in JavaScript and in Postgres. */
const SUITABLE: ReadonlySet<string> = new Set(['uuid', 'text', 'varchar', 'integer']);
