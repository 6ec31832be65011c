import type { PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
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

/**
 * Inserts the missing rows that every installation starts with: providers, models, frameworks,
 * categories and tags. Existing rows are kept. Returns the number of new rows.
 */
export async function insertCatalog(db: AnyDatabase): Promise<number> {
  return (
    (await insertMissing(db, apiProviders, providerRows)) +
    (await insertMissing(db, apiModels, modelRows)) +
    (await insertMissing(db, promptFrameworks, frameworkRows)) +
    (await insertMissing(db, feedbackCategories, categoryRows)) +
    (await insertMissing(db, feedbackTags, tagRows)) +
    (await insertMissing(db, settings, settingRows))
  );
}

/** Inserts the rows whose keys do not exist, and returns their number. */
export async function insertMissing<Table extends PgTable>(
  db: AnyDatabase,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<number> {
  const inserted = await db
    .insert(table)
    .values([...rows])
    .onConflictDoNothing()
    .returning();
  return (inserted as readonly unknown[]).length;
}
