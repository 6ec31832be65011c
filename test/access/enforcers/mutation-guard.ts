import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import { AccessDenied } from '../../../src/sync/access-denied.ts';
import { guardSql } from '../../../src/sync/guard-sql.ts';
import type { Database, WorldTable, Write } from '../../../src/testing/access/world.ts';
import { createTables, replaceRows } from './world-tables.ts';

/** What decides about writes, by rules that change from world to world. */
export interface WriteEnforcer {
  /** Puts these rows in the place of all others. */
  load(rows: Database): Promise<void>;
  /** Whether a write would be made. It is not kept. */
  allows(rules: AccessRules, claims: Claims, write: Write): Promise<boolean>;
  close(): Promise<void>;
}

/** The mutation guard, on PGlite without any row-level security. */
export async function mutationGuard(tables: readonly WorldTable[]): Promise<WriteEnforcer> {
  const client = await blankPostgres();
  await createTables(client, tables);
  return {
    load: (rows) => replaceRows(client, tables, rows),
    async allows(rules, claims, write) {
      // A guarded update has no words for a new key.
      const { key } = rules.tables[write.table] ?? { key: [] };
      if (write.operation === 'update' && key.some((column) => column in write.changes)) {
        return false;
      }
      // What is left out silently is not denied aloud: only a statement that ran counts.
      let written = false;
      const { mutate } = guardSql(
        {
          query(sql, params) {
            written ||= /^(?:insert|update|delete)/.test(sql);
            return client.query<Record<string, unknown>>(sql, params);
          },
        },
        rules,
        claims,
      );
      await client.exec('begin');
      try {
        await attempt(mutate[write.table], write);
        return written;
      } catch (error) {
        if (error instanceof AccessDenied) return false;
        throw error;
      } finally {
        await client.exec('rollback');
      }
    },
    close: () => client.close(),
  };
}

async function attempt(
  writes: ReturnType<typeof guardSql>['mutate'][string] | undefined,
  write: Write,
): Promise<void> {
  switch (write.operation) {
    case 'insert':
      return writes?.insert(write.row);
    case 'update':
      return writes?.update({ ...write.key, ...write.changes });
    case 'delete':
      return writes?.delete(write.key);
  }
}
