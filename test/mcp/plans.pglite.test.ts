import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MCP_ROLE } from '../../src/apps/mcp/role.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import { packageByName } from '../../src/apps/mcp/queries/package-by-name.ts';
import * as pages from '../../src/apps/mcp/queries/package-pages.ts';
import type { PagedQuery } from '../../src/server.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { userId } from './plant-packages.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: mcpMigrations, extensions: { auto_explain } });
  // Rare words, tags and keys among many rows, as in a real database.
  await database.client.exec(`
insert into users select ('00000000-0000-4000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, 'user ' || g, now(), now() from generate_series(1, 100) g;
insert into categories values ('00000000-0000-4000-9000-000000000001', null, 'A', 'a', now(), now());
alter table packages disable trigger all;
insert into packages (id, user_id, name, description, language, tags, relevant_files_pattern, metadata, visibility, category_id, created_at, updated_at)
select gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad(to_hex(case when g % 2 = 0 then 1 else 1 + g % 100 end), 12, '0'))::uuid,
  'name' || g || ' kind' || g % 900, 'about thing' || g % 1100, 'lang' || g % 600, array['t' || g % 1000], array['**/*.ts'],
  jsonb_build_object('key', g % 900), case when g % 50 = 0 then 'public' else 'private' end,
  case when g % 100 = 0 then '00000000-0000-4000-9000-000000000001'::uuid end,
  timestamptz '2026-01-01' + g * interval '1 minute', timestamptz '2026-02-01' + g * interval '1 minute'
from generate_series(1, 20000) g;
insert into package_usage select gen_random_uuid(), id, 1 + row_number() over (), now() from packages where visibility = 'public';
analyze;
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_nested_statements = on`);
});
afterAll(() => database[Symbol.asyncDispose]());

/** Runs a query as the first user, and returns its plan and the plans inside of functions. */
async function plansOf(query: string): Promise<string> {
  const plans: string[] = [];
  await database.client.transaction(async (tx) => {
    const claims = JSON.stringify({ sub: userId(1) });
    await tx.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('client_min_messages', 'log', true)`,
      [MCP_ROLE, claims],
    );
    const onNotice = ({ message }: { message?: string | undefined }) => plans.push(message ?? '');
    const { rows } = await tx.query(query, [], { onNotice });
    expect(rows.length).toBeGreaterThan(0);
    plans.push(...rows.map((row) => Object.values(row as object).join(' ')));
  });
  return plans.join('\n');
}

describe('inside of search_packages()', () => {
  test.each([
    ['idx_packages_words', `words => 'kind776 thing376'`],
    ['idx_packages_tags', `any_tags => '{t8,t17}'`],
    ['idx_packages_tags', `all_tags => '{t8}'`],
    ['idx_packages_metadata', `has_metadata => '{"key": 8}'`],
    ['idx_packages_metadata', `metadata_path => '{key}', metadata_value => '8'`],
    ['idx_packages_user_id_language_id', `in_language => 'lang4'`],
    ['idx_packages_user_id_updated_at_id', 'page_size => 10'],
    ['idx_packages_language_updated_at_id', `in_language => 'lang50', scope => 'all'`],
    ['idx_packages_updated_at_id', `page_size => 10, scope => 'all'`],
    ['idx_packages_words_public', `words => 'kind50 thing50', scope => 'all'`],
    ['idx_packages_tags_public', `any_tags => '{t50}', scope => 'all'`],
    ['idx_packages_metadata_public', `has_metadata => '{"key": 50}', scope => 'all'`],
  ])('%s is used for %s', async (index, search) => {
    expect(await plansOf(`select * from search_packages(${search})`)).toContain(`${index}`);
  });
});

describe('the prepared queries', () => {
  test.each([
    ['idx_packages_user_id_updated_at_id', pages.changedPackages, ['updatedAt', 'id']],
    ['idx_packages_user_id_created_at_id', pages.newestPackages, ['createdAt', 'id']],
    ['idx_packages_user_id_language_id', pages.packagesOfLanguage, ['id']],
    ['idx_packages_updated_at_id', pages.publicPackages, ['updatedAt', 'id']],
    ['idx_package_usage_use_count_package_id', pages.popularPackages, ['useCount', 'id']],
    ['idx_packages_category_id_id', pages.packagesOfCategory, ['id']],
  ] as const)('%s is used by the first and the next page of %o', async (index, query, order) => {
    const db = drizzle(database.client);
    const { first, next } = query as unknown as PagedQuery<Values, Values>;
    const values = {
      ...(await first.example?.(db)),
      // With so many packages that an order matters.
      ...(first.placeholders(db).includes('userId') && { userId: userId(1) }),
      ...(first.placeholders(db).includes('language') && { language: 'lang4' }),
    };
    const row = (await first(db, values))[0] ?? {};
    const after = Object.fromEntries(order.map((key, at) => [`after_${at}`, row[key]]));
    for (const { sql, params } of [
      first.statement(db, values),
      next.statement(db, { ...values, ...after }),
    ]) {
      expect(await plansOf(`explain ${withValues(sql, params)}`)).toContain(index);
    }
  });

  test('packages_user_id_name_unique is used for a package by its name', async () => {
    const db = drizzle(database.client);
    const { sql, params } = packageByName.statement(db, {
      userId: userId(1),
      name: 'name2 kind2',
    });
    expect(await plansOf(`explain ${withValues(sql, params)}`)).toContain(
      'packages_user_id_name_unique',
    );
  });
});

type Values = Record<string, unknown>;

/** A statement with its values as literals, because EXPLAIN takes no parameters of unknown type. */
const withValues = (sql: string, params: readonly unknown[]): string =>
  sql.replaceAll(/\$(\d+)/g, (_, at: string) => {
    const value = params[Number(at) - 1];
    return `'${value instanceof Date ? value.toISOString() : String(value)}'`;
  });
