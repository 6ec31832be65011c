import { zeroTypeOf } from '../../model/zero-type.ts';
import { aboutColumn } from '../../model/about.ts';
import type { ColumnType } from '../../model/column-type.ts';
import { looksSecret } from '../../model/looks-secret.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns } from '../synced-columns.ts';

export const publishedSecret: LintRule = defineRule({
  code: 'lint/published-secret',
  severity: 'error',
  presets: ['zero'],
  title: 'No secret is published.',
  why: 'zero-cache copies published columns and sends them to each client that may read the row.',
  inputs: ['definitions', 'database'],
  planned: 'zero/secret-column',
  example: {
    bad: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  passwordHash: text('password_hash').notNull(),
});`,
    good: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  passwordHash: serverOnly(text('password_hash').notNull()),
});`,
    alike: [
      `export const runs = pgTable('runs', {
  id: uuid('id').primaryKey(),
  tokens: integer('tokens').notNull(),
  sortKey: text('sort_key').notNull(),
  tokenKind: text('token_kind').notNull(),
});`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) =>
      syncedColumns(schema, table)
        .filter(
          ({ key, name, type }) =>
            holdsText(type) && (looksSecret(key, table.name) || looksSecret(name, table.name)),
        )
        .map((column) => ({
          ...aboutColumn(table, column),
          message: `${table.exportName}.${column.key} looks like a secret, and is published.`,
          fix: 'mark it serverOnly(…) of the kit, or publish the table with a list of columns.',
          sqlFix: 'publish the table with a list of columns that omits it.',
        })),
    ),
});

function holdsText(type: ColumnType): boolean {
  if (type.kind === 'array') return holdsText(type.of);
  if (type.kind === 'enum' || ('values' in type && type.values !== undefined)) return false;
  const synced = zeroTypeOf(type)?.type;
  return synced === 'string' || synced === 'json';
}
