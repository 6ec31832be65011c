import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { policyConditions } from '../policy-conditions.ts';

export const policyUserMetadata: LintRule = defineRule({
  code: 'lint/policy-user-metadata',
  severity: 'error',
  presets: ['recommended', 'supabase'],
  title: 'No policy trusts metadata that users can edit.',
  why: 'Users can edit their own user_metadata, so any user can claim to be an administrator.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('staff', {
    for: 'delete',
    using: sql\`(select current_setting('request.jwt.claims')::jsonb -> 'user_metadata' ->> 'role') = 'admin'\`,
  }),
]);`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('staff', {
    for: 'delete',
    using: sql\`(select current_setting('request.jwt.claims')::jsonb -> 'app_metadata' ->> 'role') = 'admin'\`,
  }),
]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  kind: text('kind').notNull(),
}, (t) => [pgPolicy('kinds', { for: 'select', using: sql\`\${t.kind} <> 'user_metadata '\` })]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) =>
      policies
        .filter((policy) => policy.table === table.id)
        .filter((policy) => policyConditions(policy).some((sql) => METADATA.test(sql)))
        .map(({ name }) => ({
          ...aboutPart(table, name, []),
          message: `the policy ${name} of ${table.exportName} reads user_metadata, which users can edit.`,
          fix: 'read app_metadata, which only the server writes, or a table of roles.',
        })),
    ),
});

/** As a key in JSON, or as a column of auth.users. */
const METADATA = /'user_metadata'|\{user_metadata\b|\braw_user_meta_data\b/;
