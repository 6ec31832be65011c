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

const FIX = 'generate the missing migration, or write into the definition what the database has.';

/**
 * Holds the migrated catalog against the definitions: every object, the SQL in it, and
 * what the companion SQL makes.
 */
export async function compareCatalog(options: CompareCatalogOptions): Promise<void> {
  const { client, schema, publication, coverage } = options;
  const found = await readCatalog(
    async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
  );
  const tell = ({ kind, object, ...sides }: Difference): void =>
    coverage.failed(`catalog ${kind} ${object}`, showSides(sides), FIX);
  compareSchemas(schema, found, { expressions: false }).forEach(tell);
  coverage.tried('catalog', schema.tables.length);

  await undone(client, async () => {
    const { differences, unmade } = await compareExpressions(client, schema, found);
    differences.forEach(tell);
    for (const { object, message } of unmade) {
      coverage.failed(`catalog ${object}`, `its SQL in the definition cannot run: ${message}.`);
    }
  });
  coverage.tried('catalog expressions');

  await undone(client, async () => {
    for (const { object, ...sides } of await compareCompanion(client, schema, publication)) {
      coverage.failed(`catalog ${object}`, showSides(sides), FIX);
    }
  });
  coverage.tried('catalog companion');
}

async function undone(client: PostgresClient, run: () => Promise<void>): Promise<void> {
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
    return `it is missing. The definitions say: ${text(sides.expected)}`;
  if (sides.expected === undefined)
    return `no definition has it. The database says: ${text(sides.found)}`;
  return `the definitions say: ${text(sides.expected)}\n  the database says: ${text(sides.found)}`;
}
