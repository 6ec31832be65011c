import type { Condition, SimpleOperator } from '@rocicorp/zero';
import { claimsUsed, expandExists, rulesOf } from '../rules/expand-rule.ts';
import type { ClaimContent } from '../model/read-claim.ts';
import type { Existence } from '../rules/rule-to-sql.ts';
import type { AccessRules, ClaimValue, Comparison, Join, Operation, Rule } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';
import { checkClaim, type ClaimReader } from './claim-reader.ts';
import { comparison, joinTerms, type Term } from './term.ts';

/** A rule prepared once: a constant, a condition, or a function of the claims. */
export type Lowered = Term | ((claims: ClaimReader) => Term);

/**
 * Lowers a rule to a ZQL condition that holds exactly if the rule is true.
 *
 * ZQL has two truth values and rules have three, so negation is pushed down to the single
 * conditions. Each condition then checks "is it true?" or "is it false?", and unknown is
 * neither.
 */
export function lowerRule(rule: Rule, rules: AccessRules): Lowered {
  return lower(rule, true, { rules, aliases: { count: 0 }, path: [] });
}

interface Scope {
  readonly rules: AccessRules;
  /** Numbers the subqueries of one rule, because Zero names their relationships by alias. */
  readonly aliases: { count: number };
  /** The rules of other tables that are being expanded around this one. */
  readonly path: readonly string[];
}

function lower(rule: Rule, holds: boolean, scope: Scope): Lowered {
  switch (rule.op) {
    case 'anyone':
      return holds;
    case 'nobody':
      return !holds;
    case 'role':
      checkClaim({ claim: 'roles', type: 'text' }, true, scope.rules);
      return (claims) => listOf(claims('roles'))?.includes(rule.role) === holds;
    case 'authenticated':
      return (claims) => (claims('sub') !== undefined) === holds;
    case 'compare':
      return lowerCompare(rule, holds, scope);
    case 'in':
      return lowerIn(rule, holds, scope);
    case 'null':
      return comparison(rule.column, holds ? 'IS' : 'IS NOT', null);
    case 'and':
    case 'or':
      return joinLowered(
        (rule.op === 'and') === holds ? 'and' : 'or',
        rule.rules.map((part) => lower(part, holds, scope)),
      );
    case 'not':
      return lower(rule.rule, !holds, scope);
    case 'exists':
    case 'can':
      return lowerExists(rule, holds, scope);
  }
}

const OPPOSITE = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
} as const satisfies Record<Comparison, SimpleOperator>;

function lowerCompare(
  rule: Extract<Rule, { op: 'compare' }>,
  holds: boolean,
  scope: Scope,
): Lowered {
  const { column, value } = rule;
  const op = holds ? rule.with : OPPOSITE[rule.with];
  if ('literal' in value) return comparison(column, op, value.literal);
  checkClaim(value, false, scope.rules);
  return (claims) => {
    const content = claims(value.claim);
    return content !== undefined && comparison(column, op, content);
  };
}

function lowerIn(rule: Extract<Rule, { op: 'in' }>, holds: boolean, scope: Scope): Lowered {
  const { column, values } = rule;
  const bind = (list: readonly (string | number | boolean)[]): Term => {
    // In Postgres, `NULL NOT IN ()` is true; in ZQL, NULL is neither in nor out of an empty
    // list.
    if (list.length === 0) return !holds && comparison(column, 'IS NOT', null);
    return comparison(column, holds ? 'IN' : 'NOT IN', list);
  };
  if ('literals' in values) return bind(values.literals);
  checkClaim(values, true, scope.rules);
  return (claims) => {
    const list = listOf(claims(values.claim));
    return list !== undefined && bind(list);
  };
}

const listOf = (content: ClaimContent | undefined): readonly (string | number)[] | undefined =>
  typeof content === 'object' ? content : undefined;

function lowerExists(rule: Existence, holds: boolean, scope: Scope): Lowered {
  const raw = expandExists(rule, scope.rules);
  const inner = lowerInner(rule, scope);
  const alias = `zsubq_rule_${scope.aliases.count++}`;
  const bind = (where: Term): Term =>
    where === false ? !holds : subquery(raw, where, alias, holds);
  // A negation is never true because a claim is missing, even a claim that would not affect
  // the result.
  const requiredClaims = holds ? [] : claimsUsed(raw.rule, scope.rules);
  if (waitsForClaims(inner)) {
    return (claims) => allPresent(requiredClaims, claims) && bind(inner(claims));
  }
  return requiredClaims.length === 0
    ? bind(inner)
    : (claims) => allPresent(requiredClaims, claims) && bind(inner);
}

/**
 * The condition on the other table's row. Conditions that belong to this row must not be
 * lowered twice.
 */
function lowerInner(rule: Existence, scope: Scope): Lowered {
  if (rule.op === 'can') {
    return lower(expandExists(rule, scope.rules).rule, true, enter(rule, rule.operation, scope));
  }
  const inner = lower(rule.rule, true, scope);
  if (rule.rows === 'raw') return inner;
  const { read } = rulesOf(scope.rules, rule.table);
  return joinLowered('and', [inner, lower(read, true, enter(rule, 'read', scope))]);
}

const allPresent = (requiredClaims: readonly ClaimValue[], claims: ClaimReader): boolean =>
  requiredClaims.every(({ claim }) => claims(claim) !== undefined);

function subquery(
  { table, on }: { readonly table: string; readonly on: Join },
  where: Condition | true,
  alias: string,
  holds: boolean,
): Condition {
  return {
    type: 'correlatedSubquery',
    op: holds ? 'EXISTS' : 'NOT EXISTS',
    related: {
      // Marks rows that only prove access, which stay on the server: all other rows are
      // synced.
      system: 'permissions',
      correlation: {
        parentField: columns(on.map(({ own }) => own)),
        childField: columns(on.map(({ other }) => other)),
      },
      subquery: { table, alias, ...(where === true ? {} : { where }) },
    },
  };
}

function columns(names: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = names;
  if (first !== undefined) return [first, ...rest];
  throw new ProblemError({
    code: 'access/no-join',
    message:
      'an exists has no join columns; Zero can only query rows that are related to the current row.',
    fix: 'join at least one column of the other table.',
  });
}

function enter({ table }: Existence, operation: Operation, scope: Scope): Scope {
  const step = `${table} ${operation}`;
  if (!scope.path.includes(step)) return { ...scope, path: [...scope.path, step] };
  throw new ProblemError({
    code: 'access/cycle',
    message: 'a rule refers to itself, so it cannot be expanded.',
    context: [...scope.path, step],
    fix: "use raw rows in one of these places: exists(..., { rows: 'raw' }).",
  });
}

function joinLowered(type: 'and' | 'or', parts: readonly Lowered[]): Lowered {
  const ready: Term[] = [];
  const waiting: ((claims: ClaimReader) => Term)[] = [];
  for (const part of parts) {
    if (waitsForClaims(part)) waiting.push(part);
    else ready.push(part);
  }
  const settled = joinTerms(type, ready);
  if (waiting.length === 0 || settled === (type === 'or')) return settled;
  return (claims) => joinTerms(type, [settled, ...waiting.map((part) => part(claims))]);
}

export const waitsForClaims = (lowered: Lowered): lowered is (claims: ClaimReader) => Term =>
  typeof lowered === 'function';
