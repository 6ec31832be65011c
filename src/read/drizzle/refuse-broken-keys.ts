import { aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** A foreign key whose target cannot be asked for. */
export function refuseBrokenKeys(tables: readonly ReadTable[]): readonly Finding[] {
  return tables.flatMap(({ table, brokenKeys }) =>
    brokenKeys.map((error) => ({
      severity: 'error',
      code: 'schema/broken-foreign-key',
      message: `a foreign key of ${table.exportName} points to nothing: ${error instanceof Error ? error.message : String(error)}.`,
      ...aboutTable(table),
      fix: 'export the table that it points to, and name a column that it has.',
    })),
  );
}
