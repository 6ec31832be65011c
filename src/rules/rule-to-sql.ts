import type { AccessRules, ClaimValue, Comparison, Rule, Scalar } from '../model/rule.ts';
import { claimsUsed, expandExists } from './expand-rule.ts';
import { quoteLiteral, quoteName, quoteTable, quoteText } from '../model/quote-sql.ts';

/** The two rules that read another table. */
export type Existence = Extract<Rule, { op: 'exists' | 'can' }>;

/** The differences between a policy, a definer function and a statement of the guard. */
export interface SqlContext {
  readonly rules: AccessRules;
  /** A column of the rule's own row, as SQL. */
  column(name: string): string;
  /** A claim, NULL if the principal does not have it: a scalar, or an array for a list. */
  claim(value: ClaimValue, list: boolean): string;
  /**
   * SQL for an `exists`, or its negation, if it is not a plain subquery that sees every
   * row. `undefined` selects the plain subquery.
   */
  existence?(rule: Existence, holds: boolean, context: SqlContext): string | undefined;
  /** The number of rows around this one; it keeps the aliases of inner rows distinct. */
  readonly depth?: number;
}

/**
 * A rule as SQL that is true exactly if the rule is true. Negation is pushed down to the
 * single conditions, so that SQL never negates an unknown. Differences between the
 * three-valued logic of SQL and that of the rules are handled in the single conditions.
 */
export function ruleToSql(rule: Rule, context: SqlContext): string {
  return lower(rule, true, context);
}

function lower(rule: Rule, holds: boolean, context: SqlContext): string {
  switch (rule.op) {
    case 'anyone':
      return String(holds);
    case 'nobody':
      return String(!holds);
    case 'role': {
      const roles = context.claim({ claim: 'roles', type: 'text' }, true);
      return `${quoteText(rule.role)} ${holds ? '= any' : '<> all'} (${roles})`;
    }
    case 'authenticated':
      return `${subject(context)} is ${holds ? 'not ' : ''}null`;
    case 'compare': {
      const value =
        'claim' in rule.value
          ? context.claim(rule.value, false)
          : quoteLiteral(rule.value.literal, rule.value.type);
      return `${columnSql(rule.column, rule.value.type, context)} ${holds ? SQL[rule.with] : SQL[OPPOSITE[rule.with]]} ${value}`;
    }
    case 'in':
      return lowerIn(rule, holds, context);
    case 'null':
      return `${context.column(rule.column)} is ${holds ? '' : 'not '}null`;
    case 'and':
    case 'or':
      return join(rule, holds, context);
    case 'not':
      return lower(rule.rule, !holds, context);
    case 'exists':
    case 'can':
      return lowerExists(rule, holds, context);
  }
}

/** An enum is compared as text, which does not require the name of its type. */
const columnSql = (name: string, type: Scalar, context: SqlContext): string =>
  `${context.column(name)}${type === 'enum' ? '::text' : ''}`;

const SQL: Readonly<Record<Comparison, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

function subject(context: SqlContext): string {
  const type = context.rules.claims['sub']?.type === 'uuid' ? 'uuid' : 'text';
  return context.claim({ claim: 'sub', type }, false);
}

function lowerIn(rule: Extract<Rule, { op: 'in' }>, holds: boolean, context: SqlContext): string {
  const column = context.column(rule.column);
  if ('claim' in rule.values) {
    const list = context.claim(rule.values, true);
    // `NULL <> ALL ('{}')` is true in SQL; in the rules a NULL is neither in nor out of any
    // list.
    return holds
      ? `${column} = any (${list})`
      : `(${column} is not null and ${column} <> all (${list}))`;
  }
  const { literals, type } = rule.values;
  if (literals.length === 0) return holds ? 'false' : `${column} is not null`;
  const list = literals.map((literal) => quoteLiteral(literal, type)).join(', ');
  return `${columnSql(rule.column, type, context)} ${holds ? 'in' : 'not in'} (${list})`;
}

function join(
  rule: Extract<Rule, { op: 'and' | 'or' }>,
  holds: boolean,
  context: SqlContext,
): string {
  const all = (rule.op === 'and') === holds;
  const rules = flatten(rule);
  // Several roles become one condition: each read of the claim adds a plan node to every
  // statement.
  const roles = rule.op === 'or' ? rules.filter((part) => part.op === 'role') : [];
  const others = roles.length > 1 ? rules.filter((part) => part.op !== 'role') : rules;
  const lookups = others.filter(readsOtherTable);
  const lowered = (part: Rule): string => lower(part, holds, context);
  const parts = others.filter((part) => !readsOtherTable(part)).map(lowered);
  if (roles.length > 1) {
    const names = roles.map((part) => part.role);
    parts.push(anyRole(names, holds, context));
  }
  // Last: Postgres evaluates in this order, and the row and the claims usually decide.
  parts.push(...lookups.map(lowered));
  // Constants are folded, so that a plan shows only the necessary conditions.
  const [absorbing, neutral] = all ? ['false', 'true'] : ['true', 'false'];
  if (parts.includes(absorbing)) return absorbing;
  const rest = [...new Set(parts.filter((part) => part !== neutral))];
  if (rest.length === 0) return neutral;
  return rest.length === 1 ? (rest[0] as string) : `(${rest.join(all ? ' and ' : ' or ')})`;
}

/** Whether a rule reads another table for each row. */
function readsOtherTable(rule: Rule): boolean {
  if (rule.op === 'and' || rule.op === 'or') return rule.rules.some(readsOtherTable);
  return rule.op === 'not' ? readsOtherTable(rule.rule) : rule.op === 'exists' || rule.op === 'can';
}

/** Flattens nested rules of the same kind: an `or` within an `or` is one `or`. */
function flatten(rule: Extract<Rule, { op: 'and' | 'or' }>): readonly Rule[] {
  return rule.rules.flatMap((part) => (part.op === rule.op ? flatten(part) : [part]));
}

function anyRole(names: readonly string[], holds: boolean, context: SqlContext): string {
  const roles = context.claim({ claim: 'roles', type: 'text' }, true);
  const list = names.map(quoteText).join(', ');
  return `${holds ? '' : 'not '}${roles} && array[${list}]`;
}

function lowerExists(rule: Existence, holds: boolean, context: SqlContext): string {
  const special = context.existence?.(rule, holds, context);
  if (special !== undefined) return special;
  const existsSql = existsAll(rule, context);
  if (holds) return existsSql;
  // A negation is never true because a claim is missing.
  const present = claimsUsed(expandExists(rule, context.rules).rule, context.rules).map(
    (value) => `${context.claim(value, isList(value, context))} is not null`,
  );
  const absent =
    existsSql === 'false' ? 'true' : existsSql === 'true' ? 'false' : `not ${existsSql}`;
  return present.length === 0 ? absent : `(${[...present, absent].join(' and ')})`;
}

const isList = (value: ClaimValue, context: SqlContext): boolean =>
  context.rules.claims[value.claim]?.type.endsWith('[]') ?? false;

/** An `exists` as a subquery that sees every row of the other table. */
function existsAll(rule: Existence, context: SqlContext): string {
  const raw = expandExists(rule, context.rules);
  return existsQuery(raw, context);
}

type RawExistence = Pick<Extract<Rule, { op: 'exists' }>, 'table' | 'on' | 'rule'>;

/** SQL for whether rows exist: `exists (select from other where joined and the rule)`. */
export function existsQuery(
  { table, on, rule }: RawExistence,
  context: SqlContext,
  ask = (rows: string): string => `exists (${rows})`,
): string {
  const depth = (context.depth ?? 0) + 1;
  // Not a possible table name: a table with this name would be mistaken for the outer row.
  const row = quoteName(`~${depth}`);
  const column = (name: string): string => `${row}.${quoteName(name)}`;
  const condition = lower(rule, true, { ...context, column, depth });
  if (condition === 'false') return 'false';
  const joined = on.map(({ other, own }) => `${column(other)} = ${context.column(own)}`);
  const where = condition === 'true' ? joined : [...joined, condition];
  return ask(`select from ${quoteTable(table)} as ${row} where ${where.join(' and ')}`);
}
