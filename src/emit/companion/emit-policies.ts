import { fingerprint } from '../../model/fingerprint.ts';
import { policyContext } from '../../rules/policy-sql.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import { tablesSeenBy } from '../../rules/tables-seen.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { sameFunctions, type AccessSource } from './emit-existence-functions.ts';

/** The commands with policies, and the policy names, which are the same on every table. */
const NAMES = {
  select: 'access_read',
  insert: 'access_insert',
  update: 'access_update',
  delete: 'access_delete',
} as const;

/**
 * The policies of all tables with rules. drizzle-kit cannot write them, because it
 * truncates their text at `--`, leaves roles unquoted and misses the removal of a WITH
 * CHECK.
 */
export function emitPolicies(
  tables: readonly Table[],
  source: AccessSource,
): readonly CompanionObject[] {
  const types = new Map(
    tables.map(({ id, columns }) => [id, columns.map((column) => [column.name, column.type])]),
  );
  const same = sameFunctions(source);
  return Object.values(source.rules.tables).flatMap((rules) => {
    const seen = [rules.table, ...tablesSeenBy(rules)].map((table) => types.get(table));
    return policiesOf(rules, source, same).map((policy) => {
      // Postgres refuses to change the type of a column that a policy uses.
      const named = seen.map((columns) =>
        columns?.filter(([name]) => policy.create.includes(quoteName(name as string))),
      );
      return { ...policy, inputs: fingerprint(JSON.stringify(named)) };
    });
  });
}

/**
 * One policy per command, with both clauses explicit: an omitted WITH CHECK defaults to
 * USING. A command that is always denied has no policy.
 */
function policiesOf(
  rules: TableRules,
  source: AccessSource,
  same: ReadonlyMap<string, string>,
): readonly CompanionObject[] {
  const context = policyContext(rules.table, {
    claims: source.rules.claims,
    preset: source.preset,
    sameFunctions: same,
  });
  const on = quoteTable(rules.table);
  const to = source.roles.map((role) => quoteName(role)).join(', ');
  const policy = (
    command: keyof typeof NAMES,
    using: Rule | undefined,
    check: Rule | undefined,
  ): readonly CompanionObject[] => {
    if (using?.op === 'nobody' || check?.op === 'nobody') return [];
    const clause = (word: string, rule: Rule | undefined): string =>
      rule ? `\n${word} (${ruleToSql(rule, context)})` : '';
    const name = quoteName(NAMES[command]);
    const drop = `drop policy if exists ${name} on ${on};`;
    return [
      {
        key: `policy ${name} on ${on}`,
        create: `${drop}
--> statement-breakpoint
create policy ${name} on ${on} as permissive for ${command} to ${to}${clause('using', using)}${clause('with check', check)};`,
        drop,
        dropFirst: 'when changed',
      },
    ];
  };
  const { read, insert, update } = rules;
  return [
    ...policy('select', read, undefined),
    ...policy('insert', undefined, insert),
    ...policy('update', update.from, update.to),
    ...policy('delete', rules.delete, undefined),
  ];
}
