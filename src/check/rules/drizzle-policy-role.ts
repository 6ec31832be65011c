import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzlePolicyRole: LintRule = defineRule({
  code: 'lint/drizzle-policy-role',
  severity: 'warning',
  presets: ['zero'],
  title: 'The role of a policy has a name that needs no quotes.',
  why: 'When the policy changes, drizzle-kit writes ALTER POLICY with the role unquoted. Postgres then folds the name to lower case, or refuses the statement.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read', { for: 'select', to: 'app-reader', using: sql\`true\` }),
]);`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read', { for: 'select', to: 'app_reader', using: sql\`true\` }),
]);`,
    alike: [
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [
  pgPolicy('read-all', { for: 'select', to: ['reader2', 'public'], using: sql\`true\` }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) =>
      policies
        .filter((policy) => policy.table === table.id)
        .flatMap(({ name, roles }) => {
          const role = roles.find((one) => !/^[a-z_][a-z0-9_$]*$/.test(one));
          if (role === undefined) return [];
          return {
            ...aboutPart(table, name, []),
            message: `the policy ${name} of ${table.exportName} is for the role ${JSON.stringify(role)}, which needs quotes.`,
            fix: 'rename the role to lower case, digits and _.',
          };
        }),
    ),
});
