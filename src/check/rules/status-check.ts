import { checkColumns, nameColumn } from '../column-rule.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { namesIn } from '../sql-names.ts';

export const statusCheck: LintRule = defineRule({
  code: 'lint/status-check',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A status column has a CHECK or an enum type.',
  why: 'Otherwise the column accepts any spelling, and queries for one spelling miss rows with another.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  status: text('status').notNull(),
});`,
    good: `export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  status: text('status').notNull(),
}, (t) => [check('jobs_status', sql\`\${t.status} in ('open', 'done')\`)]);`,
    alike: [
      `export const jobState = pgEnum('job_state', ['open', 'done']);
export const states = pgTable('states', { id: text('id').primaryKey() });
export const jobs = pgTable('jobs', {
  id: uuid('id').primaryKey(),
  status: jobState('status').notNull(),
  statusCode: integer('status_code'),
  statusText: text('status_text'),
});
export const runs = pgTable('runs', {
  id: uuid('id').primaryKey(),
  state: text('state').notNull().references(() => states.id),
}, (t) => [index('runs_state').on(t.state)]);`,
    ],
  },
  check: checkColumns((column, table) => {
    const { name, type } = column;
    if (!/^(?:.*_)?(?:status|state)$/.test(name)) return undefined;
    if (type.kind !== 'text' && type.kind !== 'varchar') return undefined;
    const isChecked = table.checks.some(({ sql }) => namesIn(sql).includes(name));
    const refers = table.foreignKeys.some(({ columns }) => columns.includes(name));
    if (isChecked || refers) return undefined;
    return {
      message: `${nameColumn(column, table)} accepts any text.`,
      fix: `add check('${table.name}_${name}_check', sql\`\${t.${column.key}} in (…)\`), or use pgEnum().`,
      sqlFix: `add CHECK (${name} in (…)), or use an enum.`,
    };
  }),
});
