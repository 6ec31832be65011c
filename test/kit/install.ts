import type { PGlite } from '@electric-sql/pglite';
import type { Schema } from '../../src/model/schema.ts';
import { companionObjects } from '../../src/testing/schema/companion-objects.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';

/** Creates the tables of a schema and their companion SQL in a database. */
export async function install(
  client: Pick<PGlite, 'exec'>,
  exports: Record<string, unknown>,
): Promise<Schema> {
  const schema = definitionsOf(exports);
  for (const statement of await statementsOf(exports)) await client.exec(statement);
  for (const { create } of companionObjects(schema, undefined)) {
    for (const statement of create.split('--> statement-breakpoint')) await client.exec(statement);
  }
  return schema;
}
