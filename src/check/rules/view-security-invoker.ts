import { quoteTable } from '../../model/quote-sql.ts';
import { aboutTable } from '../../model/about.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf, tableId } from '../../model/table-id.ts';
import { isSecurityInvoker, type View } from '../../model/view.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { tablesIn } from '../sql-names.ts';

const notes = `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title'),
}, (t) => [pgPolicy('read', { for: 'select', using: sql\`\${t.title} is not null\` })]);`;

export const viewSecurityInvoker: LintRule = defineRule({
  code: 'lint/view-security-invoker',
  severity: 'warning',
  presets: ['recommended', 'supabase'],
  title: 'A view over a table with row-level security is a security_invoker view.',
  why: 'Any other view reads its tables as its owner, who bypasses the policies, so each role that may read the view sees all rows.',
  inputs: ['definitions', 'database'],
  readsAccess: true,
  example: {
    bad: `${notes}
export const titles = pgView('titles').as((qb) => qb.select({ title: notes.title }).from(notes));`,
    good: `${notes}
export const titles = pgView('titles')
  .with({ securityInvoker: true })
  .as((qb) => qb.select({ title: notes.title }).from(notes));`,
    alike: [
      `export const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });
export const titles = pgView('titles').as((qb) => qb.select({ title: notes.title }).from(notes));`,
      `${notes}
export const tags = pgTable('tags', { id: uuid('id').primaryKey(), notes: text('notes') });
export const tagged = pgView('tagged').as((qb) => qb.select({ notes: tags.notes }).from(tags));`,
    ],
  },
  check: ({ tables, views, access }) => {
    // With access rules, companion SQL grants only such views to the application's roles.
    if (access !== undefined) return [];
    return views
      .filter((view) => !view.materialized && !isSecurityInvoker(view) && isReadable(view))
      .flatMap((view) => {
        const table = protectedTable(view, tables);
        if (table === undefined) return [];
        return {
          ...aboutTable(view),
          message: `the view ${view.exportName} shows all rows of ${table.exportName}, past its policies.`,
          fix: `add .with({ securityInvoker: true }), or run ALTER VIEW ${view.name} SET (security_invoker = true).`,
          sqlFix: `run ALTER VIEW ${quoteTable(view.id)} SET (security_invoker = true).`,
        };
      });
  },
});

/** Whether a role other than the owner may read it. If the grants are unknown, it is assumed. */
const isReadable = ({ readers }: View): boolean => readers === undefined || readers.length > 0;

function protectedTable(
  { sql = '' }: View,
  tables: Schema['tables'],
): Schema['tables'][number] | undefined {
  const read = new Set(tablesIn(sql).map((table) => tableId(schemaOf(table), table.name)));
  return tables.find(({ id, rowSecurity }) => rowSecurity.enabled && read.has(id));
}
