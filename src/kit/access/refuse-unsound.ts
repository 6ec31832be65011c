import type { PgTable } from 'drizzle-orm/pg-core';
import type { ClaimDeclaration, Rule } from '../../model/rule.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import type { AccessDefinition, WrittenRules } from './remembered-access.ts';
import { implication, isPossible } from '../../model/implication.ts';
import { refuseMalformed } from './refuse-malformed.ts';
import { conditionsOf, originOf, refuseWrongTable } from './rule-origin.ts';

/**
 * Refuses rules that could be enforced but would not do what they say, and returns
 * warnings about rules that may not. Rules that were written as data have no table, so
 * the tables of their columns are not checked.
 */
export function refuseUnsound(
  rules: WrittenRules,
  definition: AccessDefinition,
  table?: PgTable,
): readonly Finding[] {
  for (const [operation, rule] of operationsOf(rules)) {
    refuseMalformed(rules.table, operation, rule);
    refuseEmpty(rules.table, operation, rule);
    if (table) refuseWrongTable(table, rule, `${rules.table} ${operation}`);
    refuseUndeclared(rules, operation, rule, definition);
  }
  const warnings = refuseBlindWrites(rules);
  refuseImpossibleSoftDelete(rules);
  return [...warnings, ...hiddenInserts(rules)];
}

const operationsOf = (rules: WrittenRules): readonly (readonly [string, Rule])[] => [
  ['read', rules.read],
  ['insert', rules.insert],
  ['update.from', rules.update.from],
  ['update.to', rules.update.to],
  ['delete', rules.delete],
];

/** An empty `and` would open the table. It usually comes from a list that turned out empty. */
function refuseEmpty(table: string, operation: string, rule: Rule): void {
  if (rule.op === 'not' || rule.op === 'exists') refuseEmpty(table, operation, rule.rule);
  if (rule.op !== 'and' && rule.op !== 'or') return;
  for (const part of rule.rules) refuseEmpty(table, operation, part);
  if (rule.rules.length > 0) return;
  throw new ProblemError({
    code: 'access/empty',
    message: `the rule for ${operation} has an empty ${rule.op}().`,
    object: qualifiedName(splitTableId(table)),
    fix: 'write anyone or nobody, as intended.',
  });
}

function refuseUndeclared(
  { table }: WrittenRules,
  operation: string,
  rule: Rule,
  { claims }: AccessDefinition,
): void {
  for (const { claim, type, declaration } of claimsRead(rule)) {
    const declared = claims[claim];
    const foreign = declaration !== undefined && declaration !== declared;
    if (declared?.type === type && !foreign) continue;
    const reads = `the rule for ${operation} reads the claim "${claim}"`;
    const [message, fix] =
      declared && foreign
        ? [
            `${reads} of another defineAccess().`,
            'use the claims of the same defineAccess() as access.',
          ]
        : [
            declared
              ? `${reads} as ${type}, but it is declared as ${declared.type}.`
              : `${reads}, which is not declared.`,
            `declare it once: defineAccess({ claims: { ${claim}: '${type}' } }).`,
          ];
    throw new ProblemError({
      code: 'access/undeclared-claim',
      message,
      object: qualifiedName(splitTableId(table)),
      fix,
    });
  }
}

interface ReadClaim {
  readonly claim: string;
  /** A list for `inList` and `role`. */
  readonly type: string;
  readonly declaration?: ClaimDeclaration | undefined;
}

/** The claims that a rule reads. The rules of other tables are checked with those tables. */
function claimsRead(rule: Rule): readonly ReadClaim[] {
  return conditionsOf(rule).flatMap((condition): readonly ReadClaim[] => {
    const declaration = originOf(condition)?.declaration;
    switch (condition.op) {
      case 'role':
        return [{ claim: 'roles', type: 'text[]' }];
      case 'compare':
        return 'claim' in condition.value ? [{ ...condition.value, declaration }] : [];
      case 'in': {
        const { values } = condition;
        if (!('claim' in values)) return [];
        return [{ claim: values.claim, type: `${values.type}[]`, declaration }];
      }
      case 'exists':
        return claimsRead(condition.rule);
      default:
        return [];
    }
  });
}

/**
 * Postgres lets an UPDATE or DELETE see only rows that the principal may read, and
 * requires the same of the new row of an UPDATE. A wider rule would never apply.
 */
function refuseBlindWrites({
  table,
  read,
  update,
  delete: remove,
}: WrittenRules): readonly Finding[] {
  const code = 'access/blind-write';
  const object = qualifiedName(splitTableId(table));
  const fix =
    'combine it with the rule for read in and(…), or allow those rows in the rule for read.';
  return (
    [
      ['update.from', update.from],
      ['update.to', update.to],
      ['delete', remove],
    ] as const
  ).flatMap(([operation, rule]): readonly Finding[] => {
    const implied = implication(rule, read);
    if (implied === 'refuted') {
      const message = `the rule for ${operation} allows rows that the rule for read denies.`;
      throw new ProblemError({ code, message, object, fix });
    }
    const message = `the rule for ${operation} may allow rows that the rule for read denies. Postgres silently skips such rows.`;
    return implied === 'proven' ? [] : [{ severity: 'warning', code, message, object, fix }];
  });
}

/**
 * A plain INSERT may create a row that its principal cannot read. With ON CONFLICT, as in
 * Zero's insert, or with RETURNING, Postgres also checks the rule for read.
 */
function hiddenInserts({ table, read, insert }: WrittenRules): readonly Finding[] {
  const implied = implication(insert, read);
  if (implied === 'proven') return [];
  const allows =
    implied === 'refuted'
      ? 'the rule for insert allows rows that the rule for read denies.'
      : 'the rule for insert may allow rows that the rule for read denies.';
  return [
    {
      severity: 'warning',
      code: 'access/hidden-insert',
      message: `${allows} Such an insert is refused through Zero, and with RETURNING or ON CONFLICT.`,
      object: qualifiedName(splitTableId(table)),
      fix: 'combine it with the rule for read in and(…), or allow those rows in the rule for read.',
    },
  ];
}

/** A soft delete is an update that sets `deleted_at`. The new row must be readable. */
function refuseImpossibleSoftDelete({ table, read, update }: WrittenRules): void {
  const conditions = [update.to, read].flatMap(conditionsOf);
  if (!conditions.some((one) => 'column' in one && one.column === 'deleted_at')) return;
  if (update.to.op === 'nobody') return;
  const deleted: Rule = { op: 'not', rule: { op: 'null', column: 'deleted_at' } };
  if (isPossible({ op: 'and', rules: [deleted, update.to, read] })) return;
  throw new ProblemError({
    code: 'access/impossible-soft-delete',
    message:
      'nobody can soft-delete a row: the new row of an update must be readable, and no deleted row is.',
    object: qualifiedName(splitTableId(table)),
    fix: "allow principals that may delete to read deleted rows: read: or(notDeleted(t), role('admin')).",
  });
}
