import { markOf } from '../../kit/mark.ts';
import { aboutTable } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** Refuses rules and foreign keys that would change rows of an append-only table. */
export function refuseAppendOnly(tables: readonly ReadTable[]): readonly Finding[] {
  return tables.flatMap(({ value, table }): readonly Finding[] => {
    if (!table.appendOnly) return [];
    const finding = (message: string, fix: string): Finding => ({
      severity: 'error',
      code: 'schema/append-only',
      message: `the table ${table.exportName} is append-only, but ${message}.`,
      ...aboutTable(table),
      fix,
    });
    const rules = markOf(value, 'access')?.rules;
    const changes = rules && [
      ...(rules.update.from.op === 'nobody' && rules.update.to.op === 'nobody' ? [] : ['update']),
      ...(rules.delete.op === 'nobody' ? [] : ['delete']),
    ];
    const cascades = table.foreignKeys.filter((key) =>
      [key.onDelete, key.onUpdate].includes('cascade'),
    );
    const touched = table.columns.filter((column) => column.touched);
    return [
      ...(changes ?? []).map((operation) =>
        finding(
          `its access rules allow ${operation}`,
          `remove the rule ${operation}, or appendOnly().`,
        ),
      ),
      ...cascades.map(({ name }) =>
        finding(`the foreign key ${name} cascades`, "use 'restrict' or 'set null'."),
      ),
      ...touched.map(({ name }) =>
        finding(`it has ${name}, the time of the last change`, 'remove the column.'),
      ),
    ];
  });
}
