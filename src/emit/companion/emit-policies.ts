import { fingerprint } from '../../model/fingerprint.ts';
import { policyContext } from '../../rules/policy-sql.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';
import { tablesSeenBy } from '../../rules/tables-seen.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { sameFunctions, type AccessSource } from './emit-existence-functions.ts';

/** The commands that policies are written for, and their names: the same on every table. */
const NAMES = {
  select: 'access_read',
  insert: 'access_insert',
  update: 'access_update',
  delete: 'access_delete',
} as const;

/**
 * The policies of all tables with rules. They are ours to write, because drizzle-kit
 * cuts their text at `--`, leaves roles unquoted and loses a removed WITH CHECK.
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
      // Postgres does not change the type of a column that a policy names.
      const named = seen.map((columns) =>
        columns?.filter(([name]) => policy.create.includes(quoteName(name as string))),
      );
      return { ...policy, basis: fingerprint(JSON.stringify(named)) };
    });
  });
}

/**
 * One policy a command, with both clauses written out: an omitted WITH CHECK falls
 * back to USING. A command that is denied to everybody has none.
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
        remadeAround: true,
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
