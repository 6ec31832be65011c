import { aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { Table } from '../../model/table.ts';

/** `_p2026_11_30`, which is appended to the name of a table. */
const SUFFIX = 12;

/** Refuses partitioned tables that Postgres refuses, or whose partitions could not be named. */
export function refusePartition(tables: readonly Table[]): readonly Finding[] {
  return tables.flatMap((table): readonly Finding[] => {
    const { partition, primaryKey, uniques, indexes, name, exportName } = table;
    if (!partition) return [];
    const finding = (message: string, fix: string): Finding => ({
      severity: 'error',
      code: 'schema/partition',
      message: `the table ${exportName} is partitioned by ${partition.column}, but ${message}.`,
      ...aboutTable(table),
      fix,
    });
    const column = table.columns.find((one) => one.name === partition.column);
    const isTime = column?.type.kind === 'timestamp' && column.type.withTimezone;
    const keys = [
      ...(primaryKey ? [primaryKey] : []),
      ...uniques,
      ...indexes
        .filter(({ unique }) => unique)
        .map(({ name: own, columns }) => ({
          name: own,
          columns: columns.flatMap((key) => ('column' in key ? [key.column] : [])),
        })),
    ].filter(({ columns }) => !columns.includes(partition.column));
    return [
      ...(isTime && column.notNull
        ? []
        : [finding('the column is not a required timestamptz', 'use instant(…).notNull().')]),
      ...keys.map((key) =>
        finding(
          `the key ${key.name ?? 'of the table'} does not include that column, which Postgres requires`,
          'add the column to the key: primaryKey({ columns: [t.id, t.at] }).',
        ),
      ),
      ...(new TextEncoder().encode(name).length > 63 - SUFFIX
        ? [
            finding(
              'its name is too long for the names of its partitions',
              `shorten it to ${63 - SUFFIX} bytes.`,
            ),
          ]
        : []),
    ];
  });
}
