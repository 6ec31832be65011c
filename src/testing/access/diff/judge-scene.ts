import type { Attempt } from '../world.ts';
import { allowsAttempt, visibleRows } from '../oracle.ts';
import type { AskedOperation } from './asked-operations.ts';
import type { RulesVersion } from './rules-version.ts';
import type { Scene } from './scene.ts';

/** Whether a version allows an operation, by the oracle. */
export function allowsScene(
  { rules }: RulesVersion,
  { table, operation, column }: AskedOperation,
  scene: Scene,
): boolean {
  const { claims, rows: db, subject, after } = scene;
  const asked = { rules, claims, db };
  const { serverOnly = [] } = rules.tables[table] ?? {};
  if (column !== undefined && serverOnly.includes(column)) return false;
  switch (operation) {
    case 'read':
      return visibleRows(asked, table).includes(subject);
    case 'insert':
      return allowsAttempt(asked, { table, operation, after: subject });
    case 'delete':
      return allowsAttempt(asked, { table, operation, before: subject });
    case 'update': {
      const attempt: Attempt = { table, operation, before: subject, after: after ?? subject };
      return allowsAttempt(asked, attempt);
    }
  }
}
