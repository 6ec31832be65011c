import type { Policy } from '../../model/policy.ts';
import { aboutPart } from '../about-columns.ts';
import { isTrue } from '../policy-conditions.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const repeatedPolicy: LintRule = defineRule({
  code: 'lint/repeated-policy',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A table has one permissive policy for each command and role.',
  why: 'Postgres evaluates all of them for each row and combines them with OR, so the most permissive one decides.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  shared: boolean('shared').notNull(),
  draft: boolean('draft').notNull(),
}, (t) => [
  pgPolicy('shared', { for: 'select', using: sql\`\${t.shared}\` }),
  pgPolicy('final', { for: 'select', using: sql\`not \${t.draft}\` }),
]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  shared: boolean('shared').notNull(),
  draft: boolean('draft').notNull(),
}, (t) => [
  pgPolicy('shared_or_final', { for: 'select', using: sql\`\${t.shared} or not \${t.draft}\` }),
]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  shared: boolean('shared').notNull(),
}, (t) => [
  pgPolicy('shared', { for: 'select', using: sql\`\${t.shared}\` }),
  pgPolicy('change', { for: 'update', using: sql\`\${t.shared}\` }),
  pgPolicy('never', { as: 'restrictive', for: 'select', using: sql\`\${t.shared}\` }),
]);`,
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  shared: boolean('shared').notNull(),
  draft: boolean('draft').notNull(),
}, (t) => [
  pgPolicy('read', { for: 'select', using: sql\`\${t.shared}\` }),
  pgPolicy('change', { for: 'all', using: sql\`\${t.draft}\` }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) => {
      const own = policies.filter(({ permissive, table: id }) => permissive && id === table.id);
      return own.flatMap((policy, at) => {
        const about = aboutPart(table, policy.name, []);
        const first = own
          .slice(0, at)
          .find((other) => other.command === policy.command && shareRole(other, policy));
        if (first !== undefined) {
          return {
            ...about,
            message: `${table.exportName} has two policies for ${policy.command.toUpperCase()} and one role: ${first.name} and ${policy.name}.`,
            fix: 'combine them with OR in one policy.',
          };
        }
        const wider = own.find((other) => includes(other, policy));
        if (wider === undefined) return [];
        return {
          ...about,
          message: `the policy ${policy.name} of ${table.exportName} is redundant: ${wider.name} is FOR ALL and already allows everything that it allows.`,
          fix: `drop the policy ${policy.name}.`,
        };
      });
    }),
});

const shareRole = (a: Policy, b: Policy): boolean =>
  isForAllRoles(a) || isForAllRoles(b) || a.roles.some((role) => b.roles.includes(role));

const isForAllRoles = ({ roles }: Policy): boolean => roles.includes('public');

/**
 * Whether a FOR ALL policy allows everything that another policy allows. If it does not, the two
 * cannot be merged: the condition for one command would then apply to all.
 */
function includes(all: Policy, { command, roles, using, withCheck = using }: Policy): boolean {
  if (all.command !== 'all' || command === 'all') return false;
  if (!isForAllRoles(all) && !roles.every((role) => all.roles.includes(role))) return false;
  const allCheck = all.withCheck ?? all.using;
  const isWider = (a: string | undefined, b: string | undefined): boolean =>
    isTrue(a) || (a !== undefined && a === b);
  return (
    (command === 'insert' || isWider(all.using, using)) &&
    (command === 'select' || command === 'delete' || isWider(allCheck, withCheck))
  );
}
