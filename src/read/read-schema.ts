import { is } from 'drizzle-orm';
import { toCamelCase, toSnakeCase } from 'drizzle-orm/casing';
import { PgTable } from 'drizzle-orm/pg-core';
import { Relations } from 'drizzle-orm/relations';
import type { Schema } from '../model/schema.ts';
import type { Finding } from '../problem.ts';
import { exportedValues, type SchemaFile } from './exported-values.ts';
import { readRelations } from './read-relations.ts';
import { readTable } from './read-table.ts';
import { readViews } from './read-views.ts';
import { refuseEnumNames } from './refuse-enum-names.ts';
import { refuseTwins, type ReadTable } from './refuse-twins.ts';
import type { SettledRelations } from './settle-names.ts';
import { openSources } from './source/sources.ts';

/** A schema as it was imported, and how its config names columns. */
export interface SchemaInput {
  /** The schema files by their absolute paths, each with what it exports. */
  readonly files: readonly SchemaFile[];
  /** drizzle-kit's setting of the same name. */
  readonly casing?: 'snake_case' | 'camelCase';
  /** What the user's config decides where the schema leaves it open. */
  readonly settled?: { readonly relations?: SettledRelations };
}

/**
 * Reads a Drizzle schema into the model: what Drizzle knows at run time, and what
 * only the source tells (comments, places, the types of `$type`). What is wrong is
 * left out and told in the findings; the rest stays.
 *
 * @example
 * const file = '/app/src/schema.ts';
 * const { schema, findings } = readSchema({ files: [{ file, exports: await import(file) }] });
 */
export function readSchema({ files, casing, settled }: SchemaInput): {
  readonly schema: Schema;
  readonly findings: readonly Finding[];
} {
  const sources = openSources();
  const toName = casing && (casing === 'snake_case' ? toSnakeCase : toCamelCase);
  const values = exportedValues(files, sources);
  const exported = values.flatMap((one): readonly ReadTable[] => {
    const { value } = one;
    if (!is(value, PgTable)) return [];
    return [{ ...one, value, table: readTable(sources, { ...one, value }, toName) }];
  });
  const { kept, findings: twins } = refuseTwins(exported);
  const { relations, findings: wrong } = readRelations({
    sources,
    tables: kept,
    written: values.flatMap((one) =>
      is(one.value, Relations) ? [{ ...one, value: one.value }] : [],
    ),
    settled: settled?.relations ?? {},
  });
  const unreadable = sources.unreadable.map((file): Finding => {
    return {
      severity: 'warning',
      code: 'schema/cannot-parse',
      message: 'the source cannot be parsed, so the comments and types in it are not known.',
      at: [file],
      fix: 'mend the syntax that an editor marks in it.',
    };
  });
  const tables = kept.map(({ table }) => table);
  return {
    schema: { tables, relations, views: readViews(values) },
    findings: [...twins, ...refuseEnumNames(tables), ...wrong, ...unreadable],
  };
}
