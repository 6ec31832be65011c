import { aboutTable } from '../../model/about.ts';
import { isExposed } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const exposedMaterializedView: LintRule = defineRule({
  code: 'lint/exposed-materialized-view',
  severity: 'warning',
  presets: ['supabase'],
  title: 'The API does not serve materialized views.',
  why: 'A materialized view stores its own rows, and Postgres has no row-level security for it. On Supabase, anyone may read materialized views in public.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), tag: text('tag') }).enableRLS();
export const tags = pgMaterializedView('tags').as((qb) => qb.select({ tag: notes.tag }).from(notes));`,
    good: `export const internal = pgSchema('internal');
export const notes = pgTable('notes', { id: uuid('id').primaryKey(), tag: text('tag') });
export const tags = internal.materializedView('tags').as((qb) => qb.select({ tag: notes.tag }).from(notes));`,
    alike: [
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), tag: text('tag') });
export const tags = pgView('tags')
  .with({ securityInvoker: true })
  .as((qb) => qb.select({ tag: notes.tag }).from(notes));`,
    ],
  },
  check: ({ views }) =>
    views
      .filter((view) => view.materialized && isExposed(view))
      .map((view) => ({
        ...aboutTable(view),
        message: `Supabase's API serves all rows of the materialized view ${view.exportName}.`,
        fix: 'put it into another schema, or revoke SELECT on it from anon and authenticated.',
      })),
});
