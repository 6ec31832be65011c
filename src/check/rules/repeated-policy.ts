import { aboutPart } from '../about-columns.ts';
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
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) => {
      const own = policies.filter(({ permissive, table: id }) => permissive && id === table.id);
      return own.flatMap((policy, at) => {
        const first = own
          .slice(0, at)
          .find(
            ({ command, roles }) =>
              command === policy.command && roles.some((role) => policy.roles.includes(role)),
          );
        if (first === undefined) return [];
        return {
          ...aboutPart(table, policy.name, []),
          message: `${table.exportName} has two policies for ${policy.command.toUpperCase()} and one role: ${first.name} and ${policy.name}.`,
          fix: 'combine them with OR in one policy.',
        };
      });
    }),
});
