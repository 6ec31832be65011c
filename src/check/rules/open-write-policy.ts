import type { Policy } from '../../model/policy.ts';
import { aboutPart } from '../about-columns.ts';
import { isTrue } from '../policy-conditions.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

/** Roles of anonymous visitors and of anyone who signs up. */
const EVERYBODY = new Set(['public', 'anon', 'authenticated']);

export const openWritePolicy: LintRule = defineRule({
  code: 'lint/open-write-policy',
  severity: 'error',
  presets: ['recommended', 'supabase'],
  title: 'No policy lets all users write all rows.',
  why: "A policy for INSERT, UPDATE or DELETE whose condition is true has the same effect as no row-level security: users can change each other's rows.",
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, () => [pgPolicy('delete_notes', { for: 'delete', using: sql\`true\` })]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [
  index('notes_owner').on(t.ownerId),
  pgPolicy('delete_notes', {
    for: 'delete',
    using: sql\`\${t.ownerId} = (select current_setting('app.user')::uuid)\`,
  }),
]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
}, (t) => [
  pgPolicy('read_notes', { for: 'select', using: sql\`true\` }),
  pgPolicy('write_notes', { for: 'all', using: sql\`true\`, withCheck: sql\`true\` }),
  pgPolicy('own_tenant', {
    as: 'restrictive',
    using: sql\`\${t.tenantId} = (select current_setting('app.tenant')::uuid)\`,
  }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    // Without row-level security, lint/policy-without-rls reports the table.
    tables
      .filter(({ rowSecurity }) => rowSecurity.enabled)
      .flatMap((table) => {
        const own = policies.filter((policy) => policy.table === table.id);
        return own
          .filter((policy) => isOpen(policy) && !own.some((other) => restricts(other, policy)))
          .map((policy) => ({
            ...aboutPart(table, policy.name, []),
            message: `the policy ${policy.name} of ${table.exportName} is for ${policy.command.toUpperCase()}, and its condition is true for ${policy.roles.join(', ')}.`,
            fix: 'write a condition that names the owner of the row, or name a role of the server in `to`.',
            sqlFix:
              'write a condition that names the owner of the row, or name a role of the server in TO.',
          }));
      }),
});

/**
 * If USING is true, a user can take over any row; if WITH CHECK is true, a user can give rows away.
 */
function isOpen({ command, permissive, roles, using, withCheck }: Policy): boolean {
  if (!permissive || command === 'select' || !roles.some((role) => EVERYBODY.has(role)))
    return false;
  const isOpenBefore = command !== 'insert' && isTrue(using);
  return isOpenBefore || (command !== 'delete' && isTrue(withCheck));
}

const restricts = (other: Policy, { command }: Policy): boolean =>
  !other.permissive &&
  (other.command === 'all' || other.command === command) &&
  other.roles.some((role) => EVERYBODY.has(role));
