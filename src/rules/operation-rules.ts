import type { Operation, Rule, TableRules } from '../model/rule.ts';
import { implies } from '../model/implication.ts';
import { joinRules, simplifyRule, type Principal } from './simplify-rule.ts';

export const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

/** The rules that an operation must meet, on the row before the write and on the row after it. */
export interface OperationRules {
  readonly before?: Rule;
  readonly after?: Rule;
}

/** The rules of an operation as they are written in the table. */
export function writtenRules(table: TableRules, operation: Operation): OperationRules {
  switch (operation) {
    case 'read':
      return { before: table.read };
    case 'insert':
      return { after: table.insert };
    case 'update':
      return { before: table.update.from, after: table.update.to };
    case 'delete':
      return { before: table.delete };
  }
}

/** Whether an update or delete must also meet `read`, because its own rules do not imply it. */
export function needsRead(table: TableRules, operation: Operation): boolean {
  if (operation !== 'update' && operation !== 'delete') return false;
  const { before, after } = writtenRules(table, operation);
  return [before, after].some((rule) => rule !== undefined && !implies(rule, table.read));
}

/**
 * An operation's rules after simplification for one principal, with `read` for an update or
 * delete. If one of the rules is never met, all of them are `nobody`.
 */
export function rulesFor(
  table: TableRules,
  operation: Operation,
  principal: Principal,
): OperationRules {
  const read = simplifyRule(table.read, principal);
  const withRead = operation === 'update' || operation === 'delete';
  const rest = (rule: Rule): Rule => {
    const own = simplifyRule(rule, principal);
    return withRead && !implies(own, read) ? joinRules('and', [own, read]) : own;
  };
  const { before, after } = writtenRules(table, operation);
  const left = { ...(before && { before: rest(before) }), ...(after && { after: rest(after) }) };
  const isNever = Object.values(left).some(({ op }) => op === 'nobody');
  return isNever ? { ...(before && { before: never }), ...(after && { after: never }) } : left;
}

const never: Rule = { op: 'nobody' };
