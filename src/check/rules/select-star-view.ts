import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { selectsStar } from '../selects-star.ts';

export const selectStarView: LintRule = defineRule({
  code: 'lint/select-star-view',
  severity: 'warning',
  presets: ['gateway'],
  title: 'No view selects *.',
  why: 'Postgres expands * once, when it creates the view. The view does not contain columns that are added later, although its definition suggests it.',
  inputs: ['definitions'],
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
});
export const titled = pgView('titled', { id: uuid('id'), title: text('title') })
  .with({ securityInvoker: true })
  .as(sql\`select * from notes where title is not null\`);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
});
export const titled = pgView('titled', { id: uuid('id'), title: text('title') })
  .with({ securityInvoker: true })
  .as(sql\`select id, title from notes where title is not null\`);`,
    alike: [
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
});
export const counts = pgView('counts', { twice: bigint('twice', { mode: 'number' }) })
  .with({ securityInvoker: true })
  .as(sql\`select count(*) * 2 as twice from notes where exists (select * from notes)\`);
export const titled = pgView('titled')
  .with({ securityInvoker: true })
  .as((qb) => qb.select().from(notes));`,
    ],
  },
  check: ({ views }) =>
    views
      .filter(({ sql }) => sql !== undefined && selectsStar(sql))
      .map((view) => ({
        ...aboutTable(view),
        message: `the view ${view.exportName} selects *.`,
        fix: 'name the columns.',
      })),
});
