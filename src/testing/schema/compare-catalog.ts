import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';
import { compareSchemas, type Difference } from '../../read/catalog/compare-schemas.ts';
import { readCatalog } from '../../read/catalog/read-catalog.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { compareCompanion } from './compare-companion.ts';
import { compareExpressions } from './compare-expressions.ts';
import type { Coverage } from './coverage.ts';

export interface CompareCatalogOptions {
  readonly client: PostgresClient;
  readonly schema: Schema;
  readonly publication?: Publication | undefined;
  readonly coverage: Coverage;
}

const FIX = 'generate the missing migration, or change the definition to match the database.';

/**
 * Compares the migrated catalog with the definitions: every object, its SQL, and the
 * objects of the companion SQL.
 */
export async function compareCatalog(options: CompareCatalogOptions): Promise<void> {
  const { client, schema, publication, coverage } = options;
  const found = await readCatalog(
    async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
  );
  const report = ({ kind, object, ...sides }: Difference): void =>
    coverage.failed(`catalog ${kind} ${object}`, showSides(sides), FIX);
  compareSchemas(schema, found, { expressions: false }).forEach(report);
  coverage.tried('catalog', schema.tables.length);

  await rolledBack(client, async () => {
    const { differences, unmade } = await compareExpressions(client, schema, found);
    differences.forEach(report);
    for (const { object, message } of unmade) {
      coverage.failed(`catalog ${object}`, `its SQL in the definition fails: ${message}.`);
    }
  });
  coverage.tried('catalog expressions');

  await rolledBack(client, async () => {
    for (const { object, ...sides } of await compareCompanion(client, schema, publication)) {
      coverage.failed(`catalog ${object}`, showSides(sides), FIX);
    }
  });
  coverage.tried('catalog companion');
}

async function rolledBack(client: PostgresClient, run: () => Promise<void>): Promise<void> {
  await client.exec('savepoint comparing');
  try {
    await run();
  } finally {
    await client.exec('rollback to savepoint comparing; release savepoint comparing');
  }
}

function showSides(sides: { readonly expected?: unknown; readonly found?: unknown }): string {
  const text = (side: unknown): string => (typeof side === 'string' ? side : JSON.stringify(side));
  if (sides.found === undefined)
    return `it is missing in the database. Definition: ${text(sides.expected)}`;
  if (sides.expected === undefined) return `it has no definition. Database: ${text(sides.found)}`;
  return `definition: ${text(sides.expected)}\n  database: ${text(sides.found)}`;
}
