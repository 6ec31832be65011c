import { is } from 'drizzle-orm';
import {
  getMaterializedViewConfig,
  getViewConfig,
  PgDialect,
  PgMaterializedView,
  PgView,
} from 'drizzle-orm/pg-core';
import type { View } from '../model/schema.ts';
import { compare, type ExportedValue } from './exported-values.ts';

const dialect = new PgDialect();

/** The views among what a schema exports, by qualified name. */
export function readViews(values: readonly ExportedValue[]): readonly View[] {
  return values
    .flatMap(({ value, exportName, source }): readonly View[] => {
      const materialized = is(value, PgMaterializedView);
      if (!materialized && !is(value, PgView)) return [];
      const { name, schema, query } = materialized
        ? getMaterializedViewConfig(value)
        : getViewConfig(value);
      const { securityInvoker = false } = (!materialized && getViewConfig(value).with) || {};
      return [
        {
          name,
          ...(schema === undefined ? {} : { schema }),
          exportName,
          materialized,
          securityInvoker,
          ...(query && { query: dialect.sqlToQuery(query).sql }),
          ...(source.at && { at: source.at }),
        },
      ];
    })
    .sort((a, b) => compare(qualifiedName(a), qualifiedName(b)));
}

/** A table or view as people write it; without a schema it is in `public`. */
export function qualifiedName(of: { readonly schema?: string; readonly name: string }): string {
  return `${of.schema ?? 'public'}.${of.name}`;
}
