import type { AST, Condition, CorrelatedSubquery } from '@rocicorp/zero';
import type { AccessRules, Claims } from '../model/rule.ts';
import { claimReader } from './claim-reader.ts';
import { lowerRule, waitsForClaims, type Lowered } from './lower-rule.ts';
import { joinTerms, NEVER, type Term } from './term.ts';

/**
 * A query that gives the principal only rows that it may read: every table that
 * the query touches, at every hop, is asked for its `read` rule. A table without
 * rules has no rows. Names in the query are those of the server, as they are in
 * what `handleQueryRequest` returns.
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
  return guardAst(ast, (table) => {
    let term = terms.get(table);
    if (term === undefined) {
      const rule = lowered(table);
      term = waitsForClaims(rule) ? rule(reader) : rule;
      terms.set(table, term);
    }
    return term;
  });
}

type TermOf = (table: string) => Term;

function guardAst(ast: AST, readable: TermOf): AST {
  const asked = ast.where ? guardCondition(ast.where, readable) : true;
  const where = joinTerms('and', [asked, readable(ast.table)]);
  const { where: _, related, ...rest } = ast;
  return {
    ...rest,
    ...(where === true ? {} : { where: where === false ? NEVER : where }),
    ...(related ? { related: related.map((hop) => guardHop(hop, readable)) } : {}),
  };
}

const guardHop = (hop: CorrelatedSubquery, readable: TermOf): CorrelatedSubquery => ({
  ...hop,
  subquery: guardAst(hop.subquery, readable),
});

function guardCondition(condition: Condition, readable: TermOf): Condition {
  switch (condition.type) {
    case 'simple':
      return condition;
    case 'and':
    case 'or':
      return {
        ...condition,
        conditions: condition.conditions.map((part) => guardCondition(part, readable)),
      };
    case 'correlatedSubquery': {
      const related = guardHop(condition.related, readable);
      // zero-cache looks a scalar subquery up beforehand, in a way that refuses NOT EXISTS.
      if (!condition.scalar || !asksForAbsence(related.subquery.where)) {
        return { ...condition, related };
      }
      const { scalar: _, ...plain } = condition;
      return { ...plain, related };
    }
  }
}

function asksForAbsence(condition: Condition | undefined): boolean {
  switch (condition?.type) {
    case 'and':
    case 'or':
      return condition.conditions.some(asksForAbsence);
    case 'correlatedSubquery':
      return condition.op === 'NOT EXISTS' || asksForAbsence(condition.related.subquery.where);
    default:
      return false;
  }
}

const prepared = new WeakMap<AccessRules, (table: string) => Lowered>();

/** Read rules, each lowered when it is first asked for. What depends on claims is left open. */
function readRules(rules: AccessRules): (table: string) => Lowered {
  const known = prepared.get(rules);
  if (known) return known;
  const lowered = new Map<string, Lowered>();
  const readRule = (table: string): Lowered => {
    let rule = lowered.get(table);
    if (rule === undefined) {
      // A name from a query must not reach what every object inherits.
      const own = Object.hasOwn(rules.tables, table) ? rules.tables[table] : undefined;
      rule = own ? lowerRule(own.read, rules) : false;
      lowered.set(table, rule);
    }
    return rule;
  };
  prepared.set(rules, readRule);
  return readRule;
}
