import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import { allowsWrite } from '../../../src/testing/access/guarded-write.ts';
import type { Database, WorldTable, Write } from '../../../src/testing/access/world.ts';
import { createTables, replaceRows } from './world-tables.ts';

/** Decides about writes, by the rules of the current world. */
export interface WriteEnforcer {
  /** Replaces all rows. */
  load(rows: Database): Promise<void>;
  /** Whether a write would be performed. It is rolled back. */
  allows(rules: AccessRules, claims: Claims, write: Write): Promise<boolean>;
  close(): Promise<void>;
}

/** The mutation guard, on PGlite without row-level security. */
export async function mutationGuard(tables: readonly WorldTable[]): Promise<WriteEnforcer> {
  const client = await blankPostgres();
  await createTables(client, tables);
  return {
    load: (rows) => replaceRows(client, tables, rows),
    async allows(rules, claims, write) {
      await client.exec('begin');
      try {
        return await allowsWrite(client, rules, claims, write);
      } finally {
        await client.exec('rollback');
      }
    },
    close: () => client.close(),
  };
}
