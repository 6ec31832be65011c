import { is, SQL } from 'drizzle-orm';
import {
  getMaterializedViewConfig,
  getViewConfig,
  PgColumn,
  PgMaterializedView,
  PgView,
} from 'drizzle-orm/pg-core';
import { givenSchema, qualifiedName, tableId } from '../../model/table-id.ts';
import type { View } from '../../model/view.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import { readersOf } from '../../kit/mark.ts';
import { readColumnType } from '../../kit/read-column-type.ts';
import { compareText } from '../../model/compare-text.ts';
import { type ExportedValue } from './exported-values.ts';

/** The views among a schema's exports, by qualified name. */
export function readViews(values: readonly ExportedValue[], names: DrizzleNames): readonly View[] {
  return values
    .flatMap(({ value, exportName, source }): readonly View[] => {
      const materialized = is(value, PgMaterializedView);
      if (!materialized && !is(value, PgView)) return [];
      const { name, schema, query, isExisting, selectedFields, options } = viewConfig(value);
      const readers = readersOf(value);
      return [
        {
          id: tableId(schema, name),
          name,
          ...givenSchema(schema),
          exportName,
          materialized,
          ...(query && !isExisting && { sql: names.sql(query) }),
          columns: columnsIn(selectedFields, names),
          with: Object.fromEntries(
            Object.entries(options).map(([key, option]) => [snakeCase(key), String(option)]),
          ),
          ...(readers && { readers }),
          ...(source.at && { at: source.at }),
        },
      ];
    })
    .sort((a, b) => compareText(qualifiedName(a), qualifiedName(b)));
}

interface ViewConfig {
  readonly name: string;
  readonly schema: string | undefined;
  readonly query: SQL | undefined;
  readonly isExisting: boolean;
  readonly selectedFields: object;
  readonly options: object;
}

function viewConfig(view: PgView | PgMaterializedView): ViewConfig {
  const config = is(view, PgMaterializedView)
    ? getMaterializedViewConfig(view)
    : getViewConfig(view as PgView);
  return { ...config, options: config.with ?? {} };
}

/** A join nests the columns by table. An expression has no type at run time. */
const columnsIn = (fields: object, names: DrizzleNames): NonNullable<View['columns']> =>
  Object.values(fields).flatMap((field: unknown) => {
    if (is(field, PgColumn)) return [{ name: names.column(field), type: readColumnType(field) }];
    const isNested = isObject(field) && !is(field, SQL) && !is(field, SQL.Aliased);
    return isNested ? columnsIn(field, names) : [];
  });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const snakeCase = (key: string): string =>
  key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
