import { getTableColumns, is } from 'drizzle-orm';
import { toCamelCase, toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../../kit/mark.ts';
import { ProblemError } from '../../problem.ts';
import type { Casing } from './drizzle-config.ts';
import { findSetting } from './find-setting.ts';

/**
 * drizzle-kit renames columns that have no name of their own when the config
 * says `casing`. Policies are written before it does, and would name columns that
 * are not there: a table with access rules has to name its columns.
 */
export function refuseCasing(
  casing: Casing | undefined,
  exports: Record<string, unknown>,
  configFile: string,
): void {
  if (casing === undefined) return;
  const convert = casing === 'camelCase' ? toCamelCase : toSnakeCase;
  const renamed = Object.values(exports)
    .filter((value) => is(value, PgTable))
    .filter((table) => markOf(table, 'access') !== undefined)
    .flatMap((table) =>
      Object.values(getTableColumns(table))
        .filter((column) => column.keyAsName && convert(column.name) !== column.name)
        .map((column) => ({ place: `${getTableConfig(table).name}.${column.name}`, column })),
    );
  const [first] = renamed;
  if (first === undefined) return;
  const { name } = first.column;
  throw new ProblemError({
    code: 'generate/casing',
    message: `the config says casing: '${casing}', which renames columns where access rules cannot follow.`,
    at: [`${findSetting(configFile, ['casing'])}  casing`, ...renamed.map(({ place }) => place)],
    fix: `name these columns, for example ${name}: text('${convert(name)}'), or leave out casing.`,
  });
}
