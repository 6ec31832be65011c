import type { Schema } from '../../model/schema.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { ProblemError } from '../../report/problem.ts';

/** The model of tables in memory. Comments and types, which only the source has, are missing. */
export function schemaOf(exports: Readonly<Record<string, unknown>>): Schema {
  const { schema, findings, refused } = readSchema({
    files: [{ file: '/schema.ts', exports: { ...exports } }],
  });
  if (refused) throw refused;
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  if (first) throw new ProblemError(first, { others });
  return schema;
}
