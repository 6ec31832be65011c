import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Schema } from '../../model/schema.ts';
import { tableId } from '../../model/table-id.ts';
import type { Casing } from '../../read/drizzle/drizzle-names.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { ProblemError } from '../../report/problem.ts';
import { requireVersions } from '../../report/require-versions.ts';

/** The exports of schema files: tables, relations, enumerations. */
export type SchemaExports = Readonly<Record<string, unknown>>;

/** A schema, and its Drizzle tables by id. */
export interface DerivedSchema {
  readonly schema: Schema;
  readonly drizzle: ReadonlyMap<string, PgTable>;
}

/** Reads tables in memory. Throws if they have errors. */
export function readDerived(exports: SchemaExports, casing?: Casing): DerivedSchema {
  requireVersions(['drizzle-orm', 'zod']);
  // Comments and types exist only in the source, and are not needed here.
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
