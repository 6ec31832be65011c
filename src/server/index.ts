export { AccessDenied } from '../sync/access-denied.ts';
export { guard, type GuardedTransaction, type GuardOptions } from '../sync/guard.ts';
export { guardQuery } from '../sync/guard-query.ts';
export { guardSql } from '../sync/guard-sql.ts';
export { accessRules } from '../read/read-access.ts';
export type { AccessRules, Claims, Rule, TableRules } from '../model/rule.ts';
