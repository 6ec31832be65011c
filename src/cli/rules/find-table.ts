import type { Schema } from '../../model/schema.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { placed } from '../../report/placed.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Table } from '../../model/table.ts';

/** Finds a table by its name in SQL or in TypeScript. */
export function findTable(wanted: string, { tables }: Schema): Table {
  const found =
    tables.find(({ id }) => id === wanted) ??
    tables.find(({ exportName }) => exportName === wanted);
  if (found) return found;
  const names = tables.map(({ id }) => id);
  const nearest = nearestName(wanted, names);
  throw new ProblemError({
    code: 'rules/unknown-table',
    message: `there is no table ${JSON.stringify(wanted)} in the schema.`,
    places: placed(nearest ?? '', tables.find(({ id }) => id === nearest)?.at),
    ...(nearest === undefined && { context: ['TABLE'] }),
    fix:
      nearest === undefined ? `the tables are: ${names.join(', ')}.` : `did you mean ${nearest}?`,
  });
}
