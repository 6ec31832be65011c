import { aboutColumn } from '../model/about.ts';
import type { Schema } from '../model/schema.ts';
import { ProblemError } from '../report/problem.ts';
import type { Casing } from './drizzle-config.ts';
import { findSetting } from './find-setting.ts';

/**
 * drizzle-kit renames columns without an explicit name if the config sets `casing`.
 * Policies are created before that, and would name columns that do not exist: a table with
 * access rules must name its columns.
 */
export function refuseCasing(
  casing: Casing | undefined,
  { tables, access, roleRules = [] }: Schema,
  configFile: string,
): void {
  const renamed = tables
    .filter(
      ({ id }) =>
        access?.rules.tables[id] !== undefined || roleRules.some(({ table }) => table === id),
    )
    .flatMap((table) =>
      table.columns.filter((column) => column.renamed).map((column) => ({ table, column })),
    );
  const [first] = renamed;
  if (first === undefined) return;
  const { key, name } = first.column;
  throw new ProblemError({
    code: 'generate/casing',
    message: `the config sets casing: '${casing}', which would rename columns but not their names in access rules.`,
    places: [
      findSetting(configFile, ['casing']),
      ...renamed.flatMap(({ table, column }) => aboutColumn(table, column).places),
    ],
    fix: `name these columns explicitly, for example ${key}: text('${name}'), or remove casing.`,
  });
}
