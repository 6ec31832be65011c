import { placed } from '../../report/placed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const unlinkedPolicy: LintRule = defineRule({
  code: 'lint/unlinked-policy',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'An exported policy is linked to a table.',
  why: 'drizzle-kit silently ignores a policy that is not linked to a table, so the table stays open.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() });
export const read = pgPolicy('read', { for: 'select', using: sql\`true\` });`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey() });
export const read = pgPolicy('read', { for: 'select', using: sql\`true\` }).link(notes);`,
    alike: [
      `export const read = pgPolicy('read', { for: 'select', using: sql\`true\` });
export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, () => [read]);`,
    ],
  },
  check: ({ unlinkedPolicies = [] }) =>
    unlinkedPolicies.map(({ name, exportName, at }) => ({
      object: name,
      places: placed(exportName, at),
      message: `the policy ${name} belongs to no table.`,
      fix: 'put it into the third argument of its table, or append .link(table).',
    })),
});
