import { sql, type SQL } from 'drizzle-orm';
import {
  pgPolicy,
  pgRole,
  type PgPolicy,
  type PgPolicyConfig,
  type PgTable,
} from 'drizzle-orm/pg-core';
import { policyContext } from '../../access/policy-sql.ts';
import { ruleToSql } from '../../access/rule-to-sql.ts';
import type { Rule, TableRules } from '../../model/rule.ts';
import type { AccessDefinition } from './define-access.ts';
import { refuseUnsound } from './refuse-unsound.ts';

/**
 * The policies of a table, once its rules are known to be sound. Rules that were
 * written as data have no table to compare their columns' with.
 *
 * One policy a command, with both clauses written out: an omitted WITH CHECK
 * falls back to USING, and drizzle-kit does not notice when one is taken away.
 */
export function policiesOf(
  rules: TableRules,
  definition: AccessDefinition,
  table?: PgTable,
): PgPolicy[] {
  refuseUnsound(rules, definition, table);
  const context = policyContext(rules.table, definition);
  const condition = (rule: Rule): SQL => sql.raw(ruleToSql(rule, context));
  const name = rules.table.replace('.', '_');
  const to = definition.roles.map((role) => pgRole(role).existing());
  const policy = (operation: string, asked: readonly Rule[], config: PgPolicyConfig): PgPolicy[] =>
    asked.some((rule) => rule.op === 'nobody')
      ? []
      : [pgPolicy(`${name}_${operation}`, { as: 'permissive', to, ...config })];
  const { read, insert, update } = rules;
  return [
    ...policy('read', [read], { for: 'select', using: condition(read) }),
    ...policy('insert', [insert], { for: 'insert', withCheck: condition(insert) }),
    ...policy('update', [update.from, update.to], {
      for: 'update',
      using: condition(update.from),
      withCheck: condition(update.to),
    }),
    ...policy('delete', [rules.delete], { for: 'delete', using: condition(rules.delete) }),
  ];
}
