import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROMPTCRAFT_ROLE } from '../../src/apps/promptcraft/role.ts';
import { promptcraftMigrations } from '../../src/apps/promptcraft/migrations-folder.ts';
import { seedId } from '../../src/apps/promptcraft/seed/catalog-rows.ts';
import { insertCatalog } from '../../src/apps/promptcraft/seed/insert-catalog.ts';
import * as pages from '../../src/apps/promptcraft/server/index.ts';
import type { PagedQuery } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { plantPrompts } from './plant-prompts.ts';
import { userId } from './app-database.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: promptcraftMigrations });
  await insertCatalog(drizzle(database.client));
  await plantPrompts(database.client);
});
afterAll(() => database[Symbol.asyncDispose]());

/** The plan of a statement as the first user, who is also an administrator. */
async function planOf(statement: string): Promise<string> {
  return database.client.transaction(async (tx) => {
    const claims = JSON.stringify({ sub: userId(1), roles: ['admin'] });
    await tx.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)`,
      [PROMPTCRAFT_ROLE, claims],
    );
    return plan(await tx.query(`explain ${statement}`));
  });
}

const plan = ({ rows }: { readonly rows: readonly unknown[] }): string =>
  rows.map((row) => Object.values(row as object).join(' ')).join('\n');

type Values = Record<string, unknown>;

describe('the prepared queries', () => {
  test.each([
    ['idx_prompt_history_user_id_created_at_id', pages.promptPages],
    ['idx_prompt_history_user_id_framework_id_created_at_id', pages.frameworkPages],
    ['idx_prompt_history_user_id_status_created_at_id', pages.statusPages],
    ['idx_prompt_templates_user_id_name_id', pages.ownTemplates],
    ['idx_prompt_templates_usage_count_id', pages.popularTemplates],
    ['idx_prompt_templates_framework_id_usage_count_id', pages.templatesOfFramework],
    ['idx_feedback_user_id_created_at_id', pages.ownFeedback],
    ['idx_feedback_status_created_at_id', pages.feedbackQueue],
    ['idx_feedback_category_id_created_at_id', pages.feedbackOfCategory],
    ['idx_feedback_admin_user_id_responded_at_id', pages.answeredFeedback],
    ['feedback_tag_links_tag_id', pages.feedbackWithTag],
  ] as const)('%s is used by the first and the next page of %o', async (index, query) => {
    const db = drizzle(database.client);
    const { first, next } = query as unknown as PagedQuery<Values, Values>;
    const status = query === pages.feedbackQueue ? 'closed' : 'failed';
    const values: Values = { ...(await first.example?.(db)), ...VALUES, status };
    const rows = await first(db, values);
    expect(rows.length).toBeGreaterThan(0);
    const after = Object.fromEntries(
      next
        .placeholders(db)
        .filter((name) => name.startsWith('after_'))
        .map((name, at) => [name, AFTER[query.first.name]?.map((key) => rows[0]?.[key])[at]]),
    );
    for (const { sql, params } of [
      first.statement(db, values),
      next.statement(db, { ...values, ...after }),
    ]) {
      expect(await planOf(withValues(sql, params))).toContain(index);
    }
  });
});

/** Rare values among many, as in a real database. */
const VALUES: Values = { userId: userId(1), frameworkId: 'trace', categoryId: seedId(4, 1) };
/** The columns of an order other than time and id. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  'own-templates': ['name', 'id'],
  'popular-templates': ['usageCount', 'id'],
  'templates-of-framework': ['usageCount', 'id'],
  'answered-feedback': ['respondedAt', 'id'],
  'feedback-with-tag': ['id'],
  ...Object.fromEntries(
    [
      'prompt-history',
      'prompts-of-framework',
      'prompts-with-status',
      'own-feedback',
      'feedback-queue',
      'feedback-of-category',
    ].map((name) => [name, ['createdAt', 'id']]),
  ),
};

/** A statement with its values as literals, because EXPLAIN takes no parameters of unknown type. */
const withValues = (sql: string, params: readonly unknown[]): string =>
  sql.replaceAll(/\$(\d+)/g, (_, at: string) => {
    const value = params[Number(at) - 1];
    return `'${value instanceof Date ? value.toISOString() : String(value)}'`;
  });

describe('queries of users and administrators', () => {
  test.each([
    [
      'idx_user_sessions_user_id_last_seen_at_id',
      `select id from user_sessions where user_id = '${userId(1)}' order by last_seen_at desc, id desc limit 20`,
    ],
    [
      'idx_user_notifications_user_id_created_at_id',
      `select id from user_notifications where user_id = '${userId(1)}' order by created_at desc, id desc limit 20`,
    ],
    [
      'idx_api_usage_logs_user_id_created_at_id',
      `select id from api_usage_logs where user_id = '${userId(1)}' order by created_at desc, id desc limit 20`,
    ],
    [
      'idx_api_usage_logs_provider_created_at_id',
      `select id from api_usage_logs where provider = 'gemini' order by created_at desc, id desc limit 20`,
    ],
    [
      'idx_security_events_created_at_id',
      'select id from security_events order by created_at desc, id desc limit 20',
    ],
    [
      'idx_security_events_user_id_created_at_id',
      `select id from security_events where user_id = '${userId(1)}' order by created_at desc, id desc limit 20`,
    ],
    [
      'idx_feedback_categories_parent_id_sort_order_id',
      `select id from feedback_categories where parent_id = '00000000-0000-7000-9004-000000000001' order by sort_order, id`,
    ],
  ])('%s: %s', async (index, statement) => {
    expect(await planOf(statement)).toContain(index);
  });
});

describe('statements of the server: foreign keys, retention and reports', () => {
  test.each([
    [
      'idx_user_preferences_selected_model',
      `select from user_preferences where selected_model = 'gemini'`,
    ],
    [
      'idx_user_preferences_selected_framework',
      `select from user_preferences where selected_framework = 'trace'`,
    ],
    [
      'idx_user_notifications_feedback_id',
      `select from user_notifications where feedback_id = '${userId(1)}'`,
    ],
    [
      'idx_prompt_history_framework_id_created_at',
      `select count(*) from prompt_history where framework_id = 'trace' and created_at < '2026-01-02'`,
    ],
    [
      'idx_prompt_history_provider_model_created_at',
      `select from prompt_history where provider = 'gemini' and model = 'gemini-2.5-flash'`,
    ],
    [
      'idx_prompt_template_labels_template_id_version_id',
      `select from prompt_template_labels where template_id = '${userId(1)}' and version_id = '${userId(1)}'`,
    ],
    [
      'idx_api_usage_logs_created_at_id',
      `select id from api_usage_logs where created_at < '2026-01-01 10:00' order by created_at, id limit 100`,
    ],
    [
      'idx_feedback_created_at_id',
      `select from feedback where created_at >= '2026-01-01' and created_at < '2026-01-01 05:00'`,
    ],
    ['idx_principal_activity_day_id', `select from principal_activity where day = '2026-01-03'`],
  ])('%s: %s', async (index, statement) => {
    expect(plan(await database.client.query(`explain ${statement}`))).toContain(index);
  });
});
