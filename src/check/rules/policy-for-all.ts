import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const columns = `
  id: uuid('id').primaryKey(),
  shared: boolean('shared').notNull(),
`;

export const policyForAll: LintRule = defineRule({
  code: 'lint/policy-for-all',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A permissive policy is for one command.',
  why: 'FOR ALL lets everyone who may read a row also change and delete it. Without WITH CHECK, USING also decides about the new row.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {${columns}}, (t) => [pgPolicy('shared', { using: sql\`\${t.shared}\` })]);`,
    good: `export const notes = pgTable('notes', {${columns}}, (t) => [
  pgPolicy('read', { for: 'select', using: sql\`\${t.shared}\` }),
  pgPolicy('change', { for: 'update', using: sql\`\${t.shared}\`, withCheck: sql\`\${t.shared}\` }),
]);`,
    alike: [
      `export const notes = pgTable('notes', {${columns}}, (t) => [
  pgPolicy('read', { for: 'select', using: sql\`\${t.shared}\` }),
  pgPolicy('only', { as: 'restrictive', for: 'all', using: sql\`\${t.shared}\` }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) =>
      policies
        .filter(
          ({ table: id, command, permissive }) =>
            id === table.id && command === 'all' && permissive,
        )
        .map(({ name }) => ({
          ...aboutPart(table, name, []),
          message: `the policy ${name} of ${table.exportName} is for all commands.`,
          fix: "write one policy for each command: for: 'select', 'insert', 'update' and 'delete'.",
          sqlFix:
            'write one policy for each command: FOR SELECT, FOR INSERT, FOR UPDATE and FOR DELETE.',
        })),
    ),
});
