import { aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** Reports foreign keys whose target cannot be read. */
export function refuseBrokenKeys(tables: readonly ReadTable[]): readonly Finding[] {
  return tables.flatMap(({ table, brokenKeys }) =>
    brokenKeys.map((error): Finding => {
      const [reason, fix] = explain(error instanceof Error ? error.message : String(error));
      return {
        severity: 'error',
        code: 'schema/broken-foreign-key',
        message: `a foreign key of ${table.exportName} has no valid target: ${reason}.`,
        ...aboutTable(table),
        fix,
      };
    }),
  );
}

/** Drizzle uses the result of the function without a check. */
function explain(thrown: string): readonly [reason: string, fix: string] {
  if (thrown.startsWith('Cannot read properties of undefined')) {
    return [
      'its function returns undefined',
      'correct the name of the column, which is the one in TypeScript: references(() => users.id).',
    ];
  }
  if (thrown.endsWith('is not a function')) {
    return ['its target is not a function', 'write a function: references(() => users.id).'];
  }
  return [thrown, 'export its target table, and reference an existing column.'];
}
