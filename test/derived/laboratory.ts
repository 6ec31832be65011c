import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import config from '../../garden.config.ts';
import type { ZeroChoices } from '../../src/model/zero-choices.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests, type TestPart } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { testDatabase } from '../../src/testing/test-database.ts';
import * as hostile from '../catalog/hostile-schema.fixture.ts';
import { statementsOf } from '../catalog/made-database.ts';

type Client = PGlite;

/** A schema and its database, to which mutants are applied. */
export interface Laboratory {
  readonly schema: ReturnType<typeof readDerived>['schema'];
  readonly client: Client;
  /** The subjects that fail in the derived tests after statements, which are then rolled back. */
  wrong(parts: readonly TestPart[], statements: readonly string[]): Promise<readonly string[]>;
}

/** The garden, created by its migrations. */
export async function gardenLaboratory(): Promise<Laboratory> {
  const { client } = await testDatabase({ folder: gardenMigrations });
  return laboratory(client, garden, config.zero);
}

/** Every kind of object and unusual names, as drizzle-kit creates them. */
export async function hostileLaboratory(): Promise<Laboratory> {
  const client = await blankPostgres();
  await client.exec('create role reader; create view elsewhere as select gen_random_uuid() id');
  for (const statement of await statementsOf(hostile)) await client.exec(statement);
  return laboratory(client, hostile, {});
}

function laboratory(
  client: Client,
  exports: Readonly<Record<string, unknown>>,
  zero: ZeroChoices | undefined,
): Laboratory {
  const derived = readDerived(exports);
  return {
    schema: derived.schema,
    client,
    async wrong(parts, statements) {
      await client.exec('begin');
      try {
        await client.exec(statements.join(';\n'));
        const subject = { client: insideTransaction(client), db: drizzle(client) };
        const { failures } = await deriveTests(subject, derived, { parts, zero });
        return failures.map((failure) => failure.subject).sort();
      } finally {
        await client.exec('rollback');
      }
    },
  };
}

/** A client whose transactions are savepoints of the open transaction. */
function insideTransaction(client: Client): Pick<Client, 'query' | 'exec'> {
  const inside: Readonly<Record<string, string>> = {
    begin: 'savepoint derived',
    rollback: 'rollback to savepoint derived',
  };
  return { query: client.query.bind(client), exec: (sql) => client.exec(inside[sql] ?? sql) };
}
