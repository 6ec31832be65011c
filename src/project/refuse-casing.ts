import { aboutColumn } from '../model/about.ts';
import type { Schema } from '../model/schema.ts';
import { ProblemError } from '../report/problem.ts';
import type { Casing } from './drizzle-config.ts';
import { findSetting } from './find-setting.ts';

/**
 * drizzle-kit renames columns that have no name of their own when the config
 * says `casing`. Policies are written before it does, and would name columns that
 * are not there: a table with access rules has to name its columns.
 */
export function refuseCasing(
  casing: Casing | undefined,
  { tables, access }: Schema,
  configFile: string,
): void {
  const renamed = tables
    .filter(({ id }) => access?.rules.tables[id] !== undefined)
    .flatMap((table) =>
      table.columns.filter((column) => column.renamed).map((column) => ({ table, column })),
    );
  const [first] = renamed;
  if (first === undefined) return;
  const { key, name } = first.column;
  throw new ProblemError({
    code: 'generate/casing',
    message: `the config says casing: '${casing}', which renames columns where access rules cannot follow.`,
    places: [
      findSetting(configFile, ['casing']),
      ...renamed.flatMap(({ table, column }) => aboutColumn(table, column).places),
    ],
    fix: `name these columns, for example ${key}: text('${name}'), or leave out casing.`,
  });
}
