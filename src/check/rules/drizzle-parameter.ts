import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const drizzleParameter: LintRule = defineRule({
  code: 'lint/drizzle-parameter',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'SQL of checks, policies and index conditions has no parameters.',
  why: 'drizzle-kit writes $1 in their place, and the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `const LIMIT = 100;
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title', sql\`length(\${t.title}) <= \${LIMIT}\`)]);`,
    good: `const LIMIT = 100;
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title', sql\`length(\${t.title}) <= \${LIMIT}\`.inlineParams())]);`,
    alike: [
      `const LIMIT = 100;
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title', sql\`length(\${t.title}) <= \${sql.raw(String(LIMIT))} and \${t.title} <> '$1'\`)]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) => {
      const own = policies.filter((policy) => policy.table === table.id);
      const parts = [
        ...table.checks.map((one) => ({ ...one, kind: 'check' })),
        ...table.indexes.map((one) => ({ ...one, kind: 'index' })),
        ...own.map((one) => ({ ...one, kind: 'policy' })),
      ];
      return parts
        .filter(({ hasParameters }) => hasParameters)
        .map(({ kind, name }) => ({
          ...aboutPart(table, name, []),
          message: `drizzle-kit writes $1 for a value in the ${kind} ${name} of ${table.exportName}.`,
          fix: 'append .inlineParams() to sql`…`, or write the value into the SQL.',
        }));
    }),
});
