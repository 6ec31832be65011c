import type { AccessRules } from '../../model/rule.ts';
import { keyOf, keyText, type Attempt, type World, type Write } from './world.ts';

/** A write with its rows; `undefined` if the row does not exist or does not change. */
export function attemptOf(world: World, write: Write): Attempt | undefined {
  const { operation, table } = write;
  if (operation === 'insert') return { operation, table, after: write.row };
  const own = world.rules.tables[table] ?? { key: [] };
  const wanted = keyText(own, write.key);
  const before = world.rows[table]?.find((row) => keyText(own, row) === wanted);
  if (!before) return undefined;
  if (operation === 'delete') return { operation, table, before };
  const after = { ...before, ...write.changes };
  const same = Object.keys(after).every((column) => after[column] === before[column]);
  return same ? undefined : { operation, table, before, after };
}

/** The write of an attempt, with only the changed columns. */
export function attemptWrite(rules: AccessRules, attempt: Attempt): Write {
  const { operation, table } = attempt;
  if (operation === 'insert') return { operation, table, row: attempt.after };
  const key = keyOf(rules.tables[table] ?? { key: [] }, attempt.before);
  if (operation === 'delete') return { operation, table, key };
  const { before, after } = attempt;
  const changes = Object.entries(after).filter(([column, value]) => value !== before[column]);
  return { operation, table, key, changes: Object.fromEntries(changes) };
}
