import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import { apiModels } from '../tables/api-models.ts';
import { apiProviders } from '../tables/api-providers.ts';
import { feedbackCategories } from '../tables/feedback-categories.ts';
import { feedbackTags } from '../tables/feedback-tags.ts';
import { promptFrameworks } from '../tables/prompt-frameworks.ts';
import { settings } from '../tables/settings.ts';
import {
  categoryRows,
  frameworkRows,
  modelRows,
  providerRows,
  settingRows,
  tagRows,
} from './catalog-rows.ts';

/** The rows that every installation starts with, as SQL. Existing rows are kept. */
export const catalogStatements = (): readonly string[] => [
  insertStatement(apiProviders, providerRows),
  insertStatement(apiModels, modelRows),
  insertStatement(promptFrameworks, frameworkRows),
  insertStatement(feedbackCategories, categoryRows),
  insertStatement(feedbackTags, tagRows),
  insertStatement(settings, settingRows),
];

function insertStatement<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
): string {
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => sql.identifier(column.name));
  const values = rows.map((row): SQL => {
    const own: Readonly<Record<string, unknown>> = row;
    const list = columns.map(([key, column]) => sql`${sql.param(own[key] ?? null, column)}`);
    return sql`  (${sql.join(list, sql`, `)})`;
  });
  const statement = sql`insert into ${table} (${sql.join(names, sql`, `)}) values
${sql.join(values, sql`,\n`)}
on conflict do nothing;`;
  return new PgDialect().sqlToQuery(statement.inlineParams()).sql;
}
