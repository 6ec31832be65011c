import { aboutTable } from '../../model/about.ts';
import { schemaOf } from '../../model/table-id.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

/** Views of the statistics of Postgres are for operators: `monitoringViews()` of the kit. */
const OF_STATISTICS = /\bpg_stat_\w+/;

export const zeroView: LintRule = defineRule({
  code: 'lint/zero-view',
  severity: 'warning',
  presets: ['zero'],
  title: 'Clients do not need views.',
  why: 'Postgres replicates tables only, so Zero does not sync views and materialized views.',
  inputs: ['definitions', 'database'],
  planned: 'zero/view',
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });
export const titled = pgView('titled')
  .with({ securityInvoker: true })
  .as((qb) => qb.select().from(notes).where(isNotNull(notes.title)));`,
    good: `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });`,
    alike: [
      `export const reports = pgSchema('reports');
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });
export const titled = reports.view('titled')
  .with({ securityInvoker: true })
  .as((qb) => qb.select().from(notes).where(isNotNull(notes.title)));`,
      `export const { performanceMonitoring } = monitoringViews({ operator: 'notes_operator' });`,
    ],
  },
  check: ({ views }) =>
    views
      .filter((view) => schemaOf(view) === 'public' && !OF_STATISTICS.test(view.sql ?? ''))
      .map((view) => ({
        ...aboutTable(view),
        message: `Zero does not sync the view ${view.exportName}.`,
        fix: 'write it as a query in ZQL, or put it into another schema if only the server reads it.',
      })),
});
