import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Schema } from '../../model/schema.ts';
import { tableId } from '../../model/table-id.ts';
import type { Casing } from '../../read/drizzle/drizzle-names.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { ProblemError } from '../../report/problem.ts';

/** What the files of a schema export: tables, relations, enumerations. */
export type SchemaExports = Readonly<Record<string, unknown>>;

/** A schema as it was read, and its tables as Drizzle has them, by id. */
export interface DerivedSchema {
  readonly schema: Schema;
  readonly drizzle: ReadonlyMap<string, PgTable>;
}

/** Reads tables that are in memory already. Throws where they contradict each other. */
export function readDerived(exports: SchemaExports, casing?: Casing): DerivedSchema {
  // Comments and types stand in the source alone, and nothing here asks for them.
  const { schema, findings, refused } = readSchema({
    files: [{ file: '/schema.ts', exports: { ...exports } }],
    ...(casing && { casing }),
  });
  if (refused) throw refused;
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, { others });
  const drizzle = new Map(
    Object.values(exports).flatMap((value) => {
      if (!is(value, PgTable)) return [];
      const { schema: space, name } = getTableConfig(value);
      return [[tableId(space, name), value] as const];
    }),
  );
  return { schema, drizzle };
}
