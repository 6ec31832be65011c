import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { readCatalog } from '../../src/read/catalog/read-catalog.ts';
import type { Schema } from '../../src/model/schema.ts';
import { readSchema, type SchemaInput } from '../../src/read/drizzle/read-schema.ts';

/** The statements that drizzle-kit generates for a schema in an empty database. */
export function statementsOf(
  exports: Record<string, unknown>,
  casing?: SchemaInput['casing'],
): Promise<string[]> {
  const json = (of: Record<string, unknown>) =>
    generateDrizzleJson(of, undefined, undefined, casing);
  return generateMigration(json({}), json(exports));
}

/** The model of an imported schema. */
export function definitionsOf(
  exports: Record<string, unknown>,
  casing?: SchemaInput['casing'],
): Schema {
  const { schema, findings } = readSchema({
    files: [{ file: '/schema.ts', exports }],
    ...(casing && { casing }),
  });
  const error = findings.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.message);
  return schema;
}

/** The model of a database. */
export const catalogOf = (client: Pick<PGlite, 'query'>): Promise<Schema> =>
  readCatalog(async (text) => (await client.query<Record<string, unknown>>(text)).rows);
