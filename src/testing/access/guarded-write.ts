import type { AccessRules, Claims } from '../../model/rule.ts';
import { AccessDenied } from '../../guard/access-denied.ts';
import { guardSql } from '../../guard/guard-sql.ts';
import type { PostgresClient } from './postgres-world.ts';
import type { Write } from './world.ts';

/** Whether the mutation guard makes a write. Undoing it is the caller's. */
export async function allowsWrite(
  client: PostgresClient,
  rules: AccessRules,
  claims: Claims,
  write: Write,
): Promise<boolean> {
  // A guarded update has no words for a new key.
  const { key } = rules.tables[write.table] ?? { key: [] };
  if (write.operation === 'update' && key.some((column) => column in write.changes)) return false;
  // What is left out silently is not denied aloud: only a statement that ran counts.
  let written = false;
  const { mutate } = guardSql(
    {
      async query(sql, params) {
        written ||= /^(?:insert|update|delete)/.test(sql);
        return client.query<Record<string, unknown>>(sql, params);
      },
    },
    rules,
    claims,
  );
  try {
    await attempt(mutate[write.table], write);
    return written;
  } catch (error) {
    if (error instanceof AccessDenied) return false;
    throw error;
  }
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
