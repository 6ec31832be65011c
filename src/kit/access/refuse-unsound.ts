import { claimsAsked } from '../../access/expand-rule.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import { ProblemError } from '../../problem.ts';
import type { AccessDefinition } from './define-access.ts';
import { implies, isPossible } from './implication.ts';

/** Refuses rules that would be enforced, but not do what they say. */
export function refuseUnsound(rules: TableRules, definition: AccessDefinition): void {
  for (const [operation, rule] of operationsOf(rules)) {
    refuseEmpty(rules.table, operation, rule);
    refuseUndeclared(rules, operation, rule, definition);
  }
  refuseBlindWrites(rules);
  refuseImpossibleSoftDelete(rules);
}

const operationsOf = (rules: TableRules): readonly (readonly [string, Rule])[] => [
  ['read', rules.read],
  ['insert', rules.insert],
  ['update.from', rules.update.from],
  ['update.to', rules.update.to],
  ['delete', rules.delete],
];

/** An `and` of nothing would open the table: it comes from a list that turned out empty. */
function refuseEmpty(table: string, operation: string, rule: Rule): void {
  if (rule.op === 'not' || rule.op === 'exists') refuseEmpty(table, operation, rule.rule);
  if (rule.op !== 'and' && rule.op !== 'or') return;
  for (const part of rule.rules) refuseEmpty(table, operation, part);
  if (rule.rules.length > 0) return;
  throw new ProblemError({
    code: 'access/empty',
    message: `the rule for ${operation} has an ${rule.op}() of nothing.`,
    at: [`${table} ${operation}`],
    fix: 'write anyone or nobody, whichever is meant.',
  });
}

function refuseUndeclared(
  { table }: TableRules,
  operation: string,
  rule: Rule,
  { claims }: AccessDefinition,
): void {
  // Other tables' rules are judged with those tables.
  for (const { claim, type } of claimsAsked(rule, { claims, tables: {} })) {
    const declared = claims[claim]?.type;
    if (declared?.replace('[]', '') === type) continue;
    throw new ProblemError({
      code: 'access/undeclared-claim',
      message: declared
        ? `the rule for ${operation} reads the claim "${claim}" as ${type}, but it is declared as ${declared}.`
        : `the rule for ${operation} reads the claim "${claim}", which is not declared.`,
      at: [`${table} ${operation}`],
      fix: `declare it once: defineAccess({ claims: { ${claim}: '${type}' } }).`,
    });
  }
}

/**
 * Postgres lets nobody change a row that they cannot read, nor make one that they
 * cannot read. A rule that says otherwise would promise what never happens.
 */
function refuseBlindWrites({ table, read, update, delete: remove }: TableRules): void {
  for (const [operation, rule] of [
    ['update.from', update.from],
    ['update.to', update.to],
    ['delete', remove],
  ] as const) {
    if (implies(rule, read)) continue;
    throw new ProblemError({
      code: 'access/blind-write',
      message: `the rule for ${operation} allows rows that the rule for read does not.`,
      at: [`${table} ${operation}`, `${table} read`],
      fix: 'join the rule for read to it with and(…), or let those people read such rows.',
    });
  }
}

/** A soft delete is an update whose new row has a time of deletion: somebody must be able to see it. */
function refuseImpossibleSoftDelete({ table, columns, read, update }: TableRules): void {
  if (columns['deleted_at'] === undefined || update.to.op === 'nobody') return;
  const deleted: Rule = { op: 'not', rule: { op: 'null', column: 'deleted_at' } };
  if (isPossible({ op: 'and', rules: [deleted, update.to, read] })) return;
  throw new ProblemError({
    code: 'access/impossible-soft-delete',
    message:
      'nobody can soft-delete a row: the row that an update leaves must be readable, and no deleted row is.',
    at: [`${table} update`, `${table} read`],
    fix: "let those who may delete also read deleted rows: read: or(notDeleted(t), role('admin')).",
  });
}
