import type { AccessRules, Claims } from '../../model/rule.ts';
import { guardVerdict } from '../../guard/guard-verdict.ts';
import type { SqlTransaction } from '../../guard/sql-transaction.ts';
import type { Row, Write } from './world.ts';

/** Whether the mutation guard performs a write. The caller must roll it back. */
export async function allowsWrite(
  transaction: SqlTransaction,
  rules: AccessRules,
  claims: Claims,
  write: Write,
): Promise<boolean> {
  const { table, operation } = write;
  // A guarded update cannot change the key.
  const { key } = rules.tables[table] ?? { key: [] };
  if (operation === 'update' && key.some((column) => column in write.changes)) return false;
  const row = rowOf(write);
  const verdict = await guardVerdict({ transaction, rules, claims, table, operation, row });
  return verdict === 'written';
}

function rowOf(write: Write): Row {
  if (write.operation === 'insert') return write.row;
  return write.operation === 'update' ? { ...write.key, ...write.changes } : write.key;
}
