import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { policyConditions } from '../policy-conditions.ts';

export const drizzleCutText: LintRule = defineRule({
  code: 'lint/drizzle-cut-text',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title:
    'SQL of policies and indexes contains no --; SQL of checks and index conditions contains no semicolon.',
  why: 'drizzle-kit uses them as separators in its own records, and cuts the SQL there. If the rest is still valid, a policy silently gets a different condition.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title', sql\`\${t.title} !~ '[;]'\`)]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [check('notes_title', sql\`strpos(\${t.title}, chr(59)) = 0\`)]);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull().default('a;--'),
}, (t) => [
  check('notes_title', sql\`\${t.title} <> '--'\`),
  pgPolicy('read', { for: 'select', using: sql\`\${t.title} <> ';'\` }),
]);`,
    ],
  },
  check: ({ tables, policies }) =>
    tables.flatMap((table) => {
      const own = policies.filter((policy) => policy.table === table.id);
      const found = [
        ...table.checks.flatMap(({ name, sql }) => cut('check', name, [sql], ';')),
        ...table.indexes.flatMap(({ name, where = '', columns }) => [
          ...cut('index', name, [where], ';'),
          ...cut(
            'index',
            name,
            columns.flatMap((key) => ('expression' in key ? key.expression : [])),
            '--',
          ),
        ]),
        ...own.flatMap((policy) => cut('policy', policy.name, policyConditions(policy), '--')),
      ];
      return found.map(({ kind, name, sign }) => ({
        ...aboutPart(table, name, []),
        message: `drizzle-kit cuts the SQL of the ${kind} ${name} of ${table.exportName} at ${sign}.`,
        fix: sign === ';' ? 'write chr(59) in its place.' : "write '-' || '-' in its place.",
      }));
    }),
});

const cut = (kind: string, name: string, texts: readonly string[], sign: string) =>
  texts.some((text) => text.includes(sign)) ? [{ kind, name, sign }] : [];
