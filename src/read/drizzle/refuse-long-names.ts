import { aboutColumn, aboutTable } from '../../model/about.ts';
import type { Table } from '../../model/table.ts';
import type { Finding, Problem } from '../../report/problem.ts';

const MAX_NAME_BYTES = 63;

/** Postgres truncates longer names without an error, so Zero would not find the table or column. */
export function refuseLongNames(tables: readonly Table[]): readonly Finding[] {
  return tables.flatMap((table) => [
    ...tooLong('table', table.name, aboutTable(table)),
    ...table.columns.flatMap((column) =>
      tooLong('column', column.name, aboutColumn(table, column)),
    ),
  ]);
}

function tooLong(
  kind: string,
  name: string,
  about: Pick<Problem, 'object' | 'places'>,
): readonly Finding[] {
  const bytes = Buffer.byteLength(name);
  if (bytes <= MAX_NAME_BYTES) return [];
  return [
    {
      severity: 'error',
      code: 'schema/name-too-long',
      message: `the SQL name of the ${kind} has ${bytes} bytes, and Postgres allows ${MAX_NAME_BYTES}.`,
      ...about,
      fix: 'shorten the SQL name; the name in TypeScript can stay.',
    },
  ];
}
