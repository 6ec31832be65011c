import { aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** Reports foreign keys whose target cannot be read. */
export function refuseBrokenKeys(tables: readonly ReadTable[]): readonly Finding[] {
  return tables.flatMap(({ table, brokenKeys }) =>
    brokenKeys.map((error) => ({
      severity: 'error',
      code: 'schema/broken-foreign-key',
      message: `a foreign key of ${table.exportName} has no valid target: ${error instanceof Error ? error.message : String(error)}.`,
      ...aboutTable(table),
      fix: 'export its target table, and reference an existing column.',
    })),
  );
}
