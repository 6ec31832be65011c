import type { AccessRules, ClaimDeclaration, ClaimValue, Rule } from '../model/rule.ts';
import { ACCESS_SCHEMA, readClaimSql } from './claim-sql.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { quoteName } from '../model/quote-sql.ts';
import { splitTableId } from '../model/table-id.ts';
import { existsQuery, type Existence, type SqlContext } from './rule-to-sql.ts';

/** What a policy's SQL depends on beside the rule. */
export interface PolicyDefinition {
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly preset: 'postgres' | 'supabase';
  /** Where functions would be the same, that of the first one's name: by each name. */
  readonly sameFunctions?: ReadonlyMap<string, string>;
}

/** How a rule is written into a policy of this table. */
export function policyContext(table: string, definition: PolicyDefinition): SqlContext {
  return {
    // A policy's expressions need no rules of other tables: what does stands in functions.
    rules: { claims: definition.claims, tables: {} },
    column: (name) => quoteName(splitTableId(table).name, name),
    claim: (value) => claimSql(value, definition),
    existence: (rule, holds, context) =>
      policyExistence(rule, holds, context, definition.sameFunctions),
  };
}

/**
 * Visible rows are what a subquery in a policy sees anyway: the other table's own
 * policies apply to it. All other looks at another table go through a function
 * that sees every row; it gives NULL where the answer is unknown.
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
 * `exists (…)`, to be looked up row by row and planned once. Postgres may answer
 * an EXISTS in a policy by hashing the whole other table, for the sake of a page of
 * fifty rows; one with an offset it leaves as it is. Asked whether it is true or
 * NULL, it is taken to hold for nearly every row; bare, for every second one, which
 * makes a prepared query look so dear that Postgres plans it anew each time.
 */
const rowByRow = (rows: string): string => `(exists (${rows} offset 0) or null) is not null`;

/** The function that answers an `exists`; the same question has the same function. */
export function existenceName(rule: Existence): string {
  const table = rule.table.replaceAll(/[^a-z0-9_]/g, '_').slice(0, 40);
  return `${rule.op}_${table}_${fingerprint(JSON.stringify(rule))}`;
}

/** A claim as SQL: a scalar, or an array for a list. */
export function claimSql(value: ClaimValue, definition: PolicyDefinition): string {
  const declaration = definition.claims[value.claim];
  if (!declaration) return `null::${value.type}`;
  const { type, path } = declaration;
  // Supabase's own way of saying it, where it means the same.
  const isSubject = value.claim === 'sub' && type === 'uuid' && path.join('.') === 'sub';
  if (isSubject && definition.preset === 'supabase') return '(select auth.uid())';
  return readClaimSql(declaration);
}

/** Every question of a set of rules that a policy asks through a function, each once. */
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
        // A plain subquery of the policy's: what stands in it is still the policy's.
        if (holds && rule.rows === 'visible') visit(rule.rule, true);
        else found.set(existenceName(rule), rule);
        break;
      case 'can':
        found.set(existenceName(rule), rule);
        break;
      default:
    }
  };
  for (const table of Object.values(rules.tables)) {
    for (const rule of [
      table.read,
      table.insert,
      table.update.from,
      table.update.to,
      table.delete,
    ]) {
      visit(rule, true);
    }
  }
  return [...found.values()].sort((a, b) => (existenceName(a) < existenceName(b) ? -1 : 1));
}
