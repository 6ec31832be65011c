import type { AccessRules, Claims } from '../../model/rule.ts';
import { AccessDenied } from '../../guard/access-denied.ts';
import { guardSql } from '../../guard/guard-sql.ts';
import type { PostgresClient } from './postgres-world.ts';
import type { Write } from './world.ts';

/** Whether the mutation guard performs a write. The caller must roll it back. */
export async function allowsWrite(
  client: PostgresClient,
  rules: AccessRules,
  claims: Claims,
  write: Write,
): Promise<boolean> {
  // A guarded update cannot change the key.
  const { key } = rules.tables[write.table] ?? { key: [] };
  if (write.operation === 'update' && key.some((column) => column in write.changes)) return false;
  // The guard may skip a write without an error, so only an executed statement counts.
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
