import type { Policy } from '../../model/policy.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

const columns = `
  id: uuid('id').primaryKey(),
  draft: boolean('draft').notNull(),
`;

export const policyWithoutCondition: LintRule = defineRule({
  code: 'lint/policy-without-condition',
  severity: 'warning',
  presets: ['recommended', 'supabase'],
  title: 'A policy has the condition that its command needs.',
  why: 'INSERT needs WITH CHECK, and the other commands need USING. Without it, a permissive policy allows nothing, and a restrictive one refuses nothing.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', {${columns}}, () => [pgPolicy('add', { for: 'insert' })]);`,
    good: `export const notes = pgTable('notes', {${columns}}, (t) => [
  pgPolicy('add', { for: 'insert', withCheck: sql\`\${t.draft}\` }),
]);`,
    alike: [
      `export const notes = pgTable('notes', {${columns}}, (t) => [
  pgPolicy('change', { for: 'update', using: sql\`\${t.draft}\` }),
  pgPolicy('add', { for: 'all', withCheck: sql\`\${t.draft}\` }),
  pgPolicy('never', { for: 'delete', using: sql\`false\` }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) =>
      policies
        .filter((policy) => policy.table === table.id && lacksCondition(policy))
        .map(({ name, command, permissive }) => {
          const clause = command === 'insert' ? 'WITH CHECK' : 'USING';
          return {
            ...aboutPart(table, name, []),
            message: `the policy ${name} of ${table.exportName} for ${command.toUpperCase()} has no ${clause}, so it ${permissive ? 'allows no row' : 'has no effect'}.`,
            fix: `write the condition as ${clause}, or drop the policy.`,
          };
        }),
    ),
});

/** A FOR ALL policy with WITH CHECK alone allows INSERT. */
function lacksCondition({ command, using, withCheck }: Policy): boolean {
  if (command === 'insert') return withCheck === undefined;
  return using === undefined && (command !== 'all' || withCheck === undefined);
}
