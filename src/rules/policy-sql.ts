import type { AccessRules, ClaimDeclaration, ClaimValue, Rule } from '../model/rule.ts';
import { ACCESS_SCHEMA } from '../model/access.ts';
import { readClaimSql } from './claim-sql.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { quoteName } from '../model/quote-sql.ts';
import { splitTableId } from '../model/table-id.ts';
import { existsQuery, type Existence, type SqlContext } from './rule-to-sql.ts';

/** The inputs to a policy's SQL in addition to the rule. */
export interface PolicyDefinition {
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly preset: 'postgres' | 'supabase';
  /** The shared name of identical functions, by their individual names. */
  readonly sameFunctions?: ReadonlyMap<string, string>;
}

/** The SQL context of rules in the policies of a table. */
export function policyContext(table: string, definition: PolicyDefinition): SqlContext {
  return {
    // A policy's expressions do not need the rules of other tables; functions contain them.
    rules: { claims: definition.claims, tables: {} },
    column: (name) => quoteName(splitTableId(table).name, name),
    claim: (value) => claimSql(value, definition),
    existence: (rule, holds, context) =>
      policyExistence(rule, holds, context, definition.sameFunctions),
  };
}

/**
 * A subquery in a policy only sees visible rows, because the other table's own policies
 * apply to it. Every other lookup in another table calls a function that sees all rows and
 * returns NULL if the result is unknown.
 */
function policyExistence(
  rule: Existence,
  holds: boolean,
  context: SqlContext,
  sameFunctions: PolicyDefinition['sameFunctions'],
): string {
  if (holds && rule.op === 'exists' && rule.rows === 'visible') {
    return existsQuery(rule, context, rowByRow);
  }
  const values = rule.on.map(({ own }) => context.column(own));
  const own = existenceName(rule);
  const call = `${quoteName(ACCESS_SCHEMA, sameFunctions?.get(own) ?? own)}(${values.join(', ')})`;
  return holds ? call : `not ${call}`;
}

/**
 * `exists (…)`, evaluated row by row and planned once. Postgres may evaluate an EXISTS in a
 * policy by hashing the whole other table, even for a page of fifty rows; an offset
 * prevents this. Postgres estimates that "is true or NULL" holds for nearly every row. It
 * estimates that a bare EXISTS holds for every second row, which makes a prepared query
 * look so expensive that Postgres replans it each time.
 */
const rowByRow = (rows: string): string => `(exists (${rows} offset 0) or null) is not null`;

/** The name of the function for an `exists`; identical conditions share a function. */
export function existenceName(rule: Existence): string {
  const table = rule.table.replaceAll(/[^a-z0-9_]/g, '_').slice(0, 40);
  return `${rule.op}_${table}_${fingerprint(JSON.stringify(rule))}`;
}

/** A claim as SQL: a scalar, or an array for a list. */
export function claimSql(value: ClaimValue, definition: PolicyDefinition): string {
  const declaration = definition.claims[value.claim];
  if (!declaration) return `null::${value.type}`;
  return isSupabaseSubject(value.claim, declaration, definition.preset)
    ? '(select auth.uid())'
    : readClaimSql(declaration);
}

/** Whether Supabase's own function reads the claim. */
const isSupabaseSubject = (
  claim: string,
  { type, path }: ClaimDeclaration,
  preset: PolicyDefinition['preset'],
): boolean =>
  preset === 'supabase' && claim === 'sub' && type === 'uuid' && path.join('.') === 'sub';

/** The claims that policies read from the token. */
export function claimsRead(
  rules: AccessRules,
  preset: PolicyDefinition['preset'],
): readonly ClaimDeclaration[] {
  const names = new Set<string>();
  const visit = (rule: Rule): void => {
    if (rule.op === 'authenticated') names.add('sub');
    if (rule.op === 'role') names.add('roles');
    if (rule.op === 'compare' && 'claim' in rule.value) names.add(rule.value.claim);
    if (rule.op === 'in' && 'claim' in rule.values) names.add(rule.values.claim);
    if (rule.op === 'and' || rule.op === 'or') rule.rules.forEach(visit);
    if (rule.op === 'not' || rule.op === 'exists') visit(rule.rule);
  };
  for (const rule of rulesIn(rules)) visit(rule);
  return [...names].flatMap((name) => {
    const declaration = rules.claims[name];
    if (!declaration || isSupabaseSubject(name, declaration, preset)) return [];
    return [declaration];
  });
}

const rulesIn = ({ tables }: AccessRules): readonly Rule[] =>
  Object.values(tables).flatMap(({ read, insert, update, delete: remove }) => [
    read,
    insert,
    update.from,
    update.to,
    remove,
  ]);

/** Every lookup that the policies make through a function, each once. */
export function existencesOf(rules: AccessRules): readonly Existence[] {
  const found = new Map<string, Existence>();
  const visit = (rule: Rule, holds: boolean): void => {
    switch (rule.op) {
      case 'and':
      case 'or':
        for (const part of rule.rules) visit(part, holds);
        break;
      case 'not':
        visit(rule.rule, !holds);
        break;
      case 'exists':
        // A plain subquery in the policy: its conditions are part of the policy.
        if (holds && rule.rows === 'visible') visit(rule.rule, true);
        else found.set(existenceName(rule), rule);
        break;
      case 'can':
        found.set(existenceName(rule), rule);
        break;
      default:
    }
  };
  for (const rule of rulesIn(rules)) visit(rule, true);
  return [...found.values()].sort((a, b) => (existenceName(a) < existenceName(b) ? -1 : 1));
}
