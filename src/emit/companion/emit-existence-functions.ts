import { claimsUsed, expandExists } from '../../rules/expand-rule.ts';
import { ACCESS_SCHEMA } from '../../model/access.ts';
import { claimSql, existenceName, existencesOf } from '../../rules/policy-sql.ts';
import { definerClauses, executeOnly } from '../../model/definer-sql.ts';
import { quoteBody, quoteName, sqlType } from '../../model/quote-sql.ts';
import { existsQuery, type Existence } from '../../rules/rule-to-sql.ts';
import type { AccessRules } from '../../model/rule.ts';
import type { CompanionObject } from './companion-object.ts';

/** The inputs of the functions. */
export interface AccessSource {
  readonly rules: AccessRules;
  readonly preset: 'postgres' | 'supabase';
  readonly roles: readonly string[];
}

/**
 * The functions by which a policy reads all rows of another table. They run as their owner
 * and bypass that table's policies. An owner without that privilege gets an error
 * (`row_security = off`) instead of silently seeing no rows.
 */
export function emitExistenceFunctions(source: AccessSource): readonly CompanionObject[] {
  const { roles } = source;
  const same = sameFunctions(source);
  return existencesOf(source.rules)
    .map((question) => existenceFunction(question, source))
    .filter(({ name }) => same.get(name) === name)
    .flatMap((made) => existenceObjects(made, roles));
}

/**
 * The function to call for each lookup: lookups that differ only in the columns of their
 * arguments have the same text, and share one function.
 */
export function sameFunctions(source: AccessSource): ReadonlyMap<string, string> {
  const made = existencesOf(source.rules).map((question) => existenceFunction(question, source));
  const first = new Map<string, string>();
  for (const { name, parameters, body } of made) {
    const text = JSON.stringify([parameters, body]);
    if (!first.has(text)) first.set(text, name);
  }
  return new Map(
    made.map(({ name, parameters, body }) => [
      name,
      first.get(JSON.stringify([parameters, body])) ?? name,
    ]),
  );
}

interface ExistenceFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
}

function existenceFunction(
  question: Existence,
  { rules, preset }: AccessSource,
): ExistenceFunction {
  const definition = { claims: rules.claims, preset };
  const raw = expandExists(question, rules);
  const other = rules.tables[raw.table]?.columns ?? {};
  // The columns of a table without rules are only known from the join.
  const parameters = raw.on
    .map((pair) => sqlType(pair.type ?? other[pair.other] ?? 'text'))
    .join(', ');
  const exists = existsQuery(raw, {
    rules,
    column: (name) => `$${raw.on.findIndex(({ own }) => own === name) + 1}`,
    claim: (value) => claimSql(value, definition),
  });
  const missing = claimsUsed(raw.rule, rules).map(
    (value) => `${claimSql(value, definition)} is null`,
  );
  const unknown = missing.length === 0 ? '' : ` when ${missing.join(' or ')} then null`;
  const body = `begin
  return case when ${exists} then true${unknown} else false end;
end`;
  return { name: existenceName(question), parameters, body };
}

function existenceObjects(
  { name: ownName, parameters, body }: ExistenceFunction,
  roles: readonly string[],
): readonly CompanionObject[] {
  const name = `${quoteName(ACCESS_SCHEMA, ownName)}(${parameters})`;
  const callers = roles.map((role) => quoteName(role)).join(', ');
  return [
    {
      key: `function ${name}`,
      // plpgsql bodies are only parsed when they run, so the function may be created before
      // its tables, and its plan is cached for the session.
      create: `create or replace function ${name} returns boolean
${definerClauses('stable parallel safe')}
as ${quoteBody(body)};`,
      drop: `drop function if exists ${name};`,
    },
    {
      key: `execute on ${name}`,
      create: executeOnly(name, callers),
      drop: '',
    },
  ];
}
