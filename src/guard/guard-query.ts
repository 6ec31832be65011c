import type { AST, Condition, CorrelatedSubquery } from '@rocicorp/zero';
import type { AccessRules, Claims } from '../model/rule.ts';
import { claimReader } from './claim-reader.ts';
import { lowerRule, waitsForClaims, type Lowered } from './lower-rule.ts';
import { metByParent, type Origin } from './met-by-parent.ts';
import { joinTerms, NEVER, type Term } from './term.ts';

/**
 * Restricts a query to the rows that the principal may read: adds the `read` rule of every
 * table that the query uses, at every hop. A table without rules returns no rows. Names in
 * the query are server names, as in the result of `handleQueryRequest`.
 *
 * @example
 * const response = await handleQueryRequest({ schema, request, userID, handler });
 * if (!('queries' in response)) return response;
 * const queries = response.queries.map((query) =>
 *   'ast' in query ? { ...query, ast: guardQuery(query.ast, rules, claims) } : query,
 * );
 * return { ...response, queries };
 */
export function guardQuery(ast: AST, rules: AccessRules, claims: Claims): AST {
  const reader = claimReader(rules, claims);
  const lowered = readRules(rules);
  const terms = new Map<string, Term>();
  return guardAst(ast, (table, origin) => {
    const key = keyOf(table, origin);
    let term = terms.get(key);
    if (term === undefined) {
      const rule = lowered(table, origin);
      term = waitsForClaims(rule) ? rule(reader) : rule;
      terms.set(key, term);
    }
    return term;
  });
}

/**
 * The read condition of a table. It is weaker for rows that are joined to a readable row.
 */
type TermOf = (table: string, origin: Origin | undefined) => Term;

function guardAst(ast: AST, readable: TermOf, origin?: Origin): AST {
  const ownCondition = ast.where ? guardCondition(ast.where, readable, ast.table) : true;
  const where = joinTerms('and', [ownCondition, readable(ast.table, origin)]);
  const { where: _, related, ...rest } = ast;
  return {
    ...rest,
    ...(where === true ? {} : { where: where === false ? NEVER : where }),
    ...(related ? { related: related.map((hop) => guardHop(hop, readable, ast.table)) } : {}),
  };
}

const guardHop = (
  hop: CorrelatedSubquery,
  readable: TermOf,
  table: string | undefined,
): CorrelatedSubquery => ({
  ...hop,
  subquery: guardAst(
    hop.subquery,
    readable,
    table === undefined ? undefined : { table, correlation: hop.correlation },
  ),
});

function guardCondition(condition: Condition, readable: TermOf, table: string): Condition {
  switch (condition.type) {
    case 'simple':
      return condition;
    case 'and':
    case 'or':
      return {
        ...condition,
        conditions: condition.conditions.map((part) => guardCondition(part, readable, table)),
      };
    case 'correlatedSubquery': {
      // zero-cache evaluates a scalar subquery beforehand, without a row of this table, and
      // does not support NOT EXISTS in it.
      const from = condition.scalar ? undefined : table;
      const related = guardHop(condition.related, readable, from);
      if (!condition.scalar || !hasNotExists(related.subquery.where)) {
        return { ...condition, related };
      }
      const { scalar: _, ...plain } = condition;
      return { ...plain, related };
    }
  }
}

function hasNotExists(condition: Condition | undefined): boolean {
  switch (condition?.type) {
    case 'and':
    case 'or':
      return condition.conditions.some(hasNotExists);
    case 'correlatedSubquery':
      return condition.op === 'NOT EXISTS' || hasNotExists(condition.related.subquery.where);
    default:
      return false;
  }
}

type ReadRules = (table: string, origin: Origin | undefined) => Lowered;

const prepared = new WeakMap<AccessRules, ReadRules>();

/** Read rules, each lowered on first use. Conditions on claims stay unresolved. */
function readRules(rules: AccessRules): ReadRules {
  const known = prepared.get(rules);
  if (known) return known;
  const lowered = new Map<string, Lowered>();
  const readRule: ReadRules = (table, origin) => {
    // A name from a query must not match inherited object properties.
    const own = Object.hasOwn(rules.tables, table) ? rules.tables[table]?.read : undefined;
    if (own === undefined) return false;
    const simplified = origin ? metByParent(own, origin) : own;
    const key = simplified === own ? table : keyOf(table, origin);
    let rule = lowered.get(key);
    if (rule === undefined) {
      rule = lowerRule(simplified, rules);
      lowered.set(key, rule);
    }
    return rule;
  };
  prepared.set(rules, readRule);
  return readRule;
}

const keyOf = (table: string, origin: Origin | undefined): string =>
  origin === undefined
    ? table
    : JSON.stringify([
        table,
        origin.table,
        origin.correlation.parentField,
        origin.correlation.childField,
      ]);
