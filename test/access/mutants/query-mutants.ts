import type { AST, Condition } from '@rocicorp/zero';
import type { AccessRules, Claims, Rule } from '../../../src/model/rule.ts';
import { guardQuery } from '../../../src/guard/guard-query.ts';

/** A mistake in the query that is generated from the rules. */
export interface QueryMutant {
  readonly name: string;
  readonly guard: typeof guardQuery;
}

/** Guards a query without some of its hops, which are added back unguarded. */
const unguarding = (name: string, hops: readonly ('having' | 'related')[]): QueryMutant => ({
  name,
  guard: (ast, rules, claims) => {
    const { related, where, ...root } = ast;
    const kept = {
      ...root,
      ...(related && !hops.includes('related') ? { related } : {}),
      ...(where && !hops.includes('having') ? { where } : {}),
    };
    const guarded = guardQuery(kept, rules, claims);
    const conditions = [hops.includes('having') ? where : undefined, guarded.where].filter(
      (condition) => condition !== undefined,
    );
    return {
      ...guarded,
      ...(conditions.length > 0 ? { where: { type: 'and', conditions } } : {}),
      ...(related && hops.includes('related') ? { related } : {}),
    };
  },
});

const changing = (name: string, change: (condition: Condition) => Condition): QueryMutant => ({
  name,
  guard: (ast: AST, rules: AccessRules, claims: Claims) =>
    inQuery(guardQuery(ast, rules, claims), change),
});

const operator = (name: string, from: string, to: string): QueryMutant =>
  changing(name, (condition) =>
    condition.type === 'simple' && condition.op === from
      ? { ...condition, op: to as typeof condition.op }
      : condition,
  );

export const queryMutants: readonly QueryMutant[] = [
  { name: 'guards nothing', guard: (ast) => ast },
  unguarding('guards no related rows', ['related']),
  unguarding('guards no rows that a query asks for', ['having']),
  unguarding('guards only the root', ['having', 'related']),
  {
    name: 'guards the first hop but not the next',
    guard: (ast, rules, claims) => {
      const guarded = guardQuery(ast, rules, claims);
      if (!guarded.related) return guarded;
      return {
        ...guarded,
        related: guarded.related.map((hop, at) => {
          const inner = ast.related?.[at]?.subquery.related;
          return inner ? { ...hop, subquery: { ...hop.subquery, related: inner } } : hop;
        }),
      };
    },
  },
  {
    name: 'treats every condition on the parent table as met',
    guard: (ast, rules, claims) => guardQuery(ast, withoutLeading(ast, rules), claims),
  },
  operator('lets NULL differ from everything', '!=', 'IS NOT'),
  operator('takes NOT IN for IN', 'NOT IN', 'IN'),
  operator('takes at most for less', '<', '<='),
  changing('takes EXISTS for NOT EXISTS', (condition) =>
    condition.type === 'correlatedSubquery' ? { ...condition, op: 'EXISTS' } : condition,
  ),
  changing('drops the last conjunct', (condition) =>
    condition.type === 'and' && condition.conditions.length > 1
      ? { ...condition, conditions: condition.conditions.slice(0, -1) }
      : condition,
  ),
  changing('drops the first disjunct', (condition) =>
    condition.type === 'or' && condition.conditions.length > 1
      ? { ...condition, conditions: condition.conditions.slice(1) }
      : condition,
  ),
  changing('skips what must hold in a hop', (condition) => {
    if (condition.type !== 'correlatedSubquery') return condition;
    const { where: _, ...subquery } = condition.related.subquery;
    return { ...condition, related: { ...condition.related, subquery } };
  }),
];

/** Rules of related tables without the conditions on the query's own table. */
function withoutLeading(ast: AST, rules: AccessRules): AccessRules {
  const met = (rule: Rule): Rule => {
    if (rule.op === 'and' || rule.op === 'or') return { ...rule, rules: rule.rules.map(met) };
    const leads = (rule.op === 'exists' || rule.op === 'can') && rule.table === ast.table;
    return leads ? { op: 'anyone' } : rule;
  };
  const hops = new Set(ast.related?.map(({ subquery }) => subquery.table));
  return {
    ...rules,
    tables: Object.fromEntries(
      Object.entries(rules.tables).map(([name, table]) => [
        name,
        hops.has(name) ? { ...table, read: met(table.read) } : table,
      ]),
    ),
  };
}

function inQuery(ast: AST, change: (condition: Condition) => Condition): AST {
  return {
    ...ast,
    ...(ast.where ? { where: inCondition(ast.where, change) } : {}),
    ...(ast.related
      ? {
          related: ast.related.map((hop) => ({ ...hop, subquery: inQuery(hop.subquery, change) })),
        }
      : {}),
  };
}

function inCondition(condition: Condition, change: (condition: Condition) => Condition): Condition {
  switch (condition.type) {
    case 'simple':
      return change(condition);
    case 'and':
    case 'or':
      return change({
        ...condition,
        conditions: condition.conditions.map((part) => inCondition(part, change)),
      });
    case 'correlatedSubquery':
      return change({
        ...condition,
        related: { ...condition.related, subquery: inQuery(condition.related.subquery, change) },
      });
  }
}
