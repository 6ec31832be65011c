import { checkColumns, nameColumn } from '../column-rule.ts';
import { elementType } from '../element-type.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const charType: LintRule = defineRule({
  code: 'lint/char-type',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No column is char(n).',
  why: 'Postgres pads the value with blanks, stores them, and ignores them in some comparisons but not in all. char(n) is never faster than text.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  country: char('country', { length: 2 }).notNull(),
});`,
    good: `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  country: text('country').notNull(),
}, (t) => [check('places_country', sql\`length(\${t.country}) = 2\`)]);`,
    alike: [
      `export const places = pgTable('places', {
  id: uuid('id').primaryKey(),
  country: varchar('country', { length: 2 }).notNull(),
});`,
    ],
  },
  check: checkColumns((column, table) => {
    const type = elementType(column.type);
    if (type.kind !== 'char') return undefined;
    const brackets = column.type === type ? '' : '[]';
    return {
      message: `${nameColumn(column, table)} is char(${type.length})${brackets}, which Postgres pads with blanks.`,
      fix: 'use text() with a CHECK on its length, or varchar().',
      sqlFix: 'use text with a CHECK on its length, or varchar.',
    };
  }),
});
