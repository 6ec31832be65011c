import { getTableColumns, getTableName } from 'drizzle-orm';
import { account } from '../../tables/account.ts';
import { packageDependencies } from '../../tables/package-dependencies.ts';
import { packageRequests } from '../../tables/package-requests.ts';
import { packageTags } from '../../tables/package-tags.ts';
import { packageVersions } from '../../tables/package-versions.ts';
import { packages } from '../../tables/packages.ts';
import { tags } from '../../tables/tags.ts';
import { ProblemError } from '../../../../report/problem.ts';
import { notMigrated } from '../../not-migrated.ts';
import type { SeedDatabase } from './seed-database.ts';

const tables = [
  account,
  packages,
  packageVersions,
  packageDependencies,
  packageRequests,
  tags,
  packageTags,
];

/**
 * Rejects a database without the garden's tables, with other tables of the same names, or without
 * the needed permissions.
 */
export async function checkDatabase(database: SeedDatabase): Promise<void> {
  const found = await database.rows<{ table: string; column: string }>(
    `select c.relname as "table", a.attname as "column"
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and c.relnamespace = to_regnamespace('public')
       and a.attnum > 0 and not a.attisdropped`,
  );
  const columns = new Set(found.map(({ table, column }) => `${table}.${column}`));
  const present = new Set(found.map(({ table }) => table));
  const names = tables.map((table) => getTableName(table));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === names.length) {
    throw notMigrated('the tables of the garden', { place: database.place });
  }
  const lacking = tables.flatMap((table) =>
    Object.values(getTableColumns(table))
      .map((column) => `${getTableName(table)}.${column.name}`)
      .filter((name) => !columns.has(name)),
  );
  if (lacking.length > 0) {
    throw new ProblemError({
      code: 'seed/not-ours',
      message: `the database has tables with these names, but they are not the garden's: missing columns ${lacking.slice(0, 3).join(', ')}${lacking.length > 3 ? ' and more' : ''}.`,
      context: [database.place],
      fix: 'use another database. If it is a garden of an older version, run `garden migrate --app garden` first.',
    });
  }
  await checkRole(database);
}

/**
 * COPY does not work for a role that row-level security applies to, and the garden's tables force
 * it on their owner too.
 */
async function checkRole(database: SeedDatabase): Promise<void> {
  const [role] = await database.rows<{ name: string; free: boolean; allowed: boolean }>(
    `select current_user as name, (rolsuper or rolbypassrls) as free,
       has_table_privilege('public.packages', 'insert') as allowed
     from pg_roles where rolname = current_user`,
  );
  if (role?.free && role.allowed) return;
  throw new ProblemError({
    code: 'seed/not-allowed',
    message: `the role ${JSON.stringify(role?.name ?? '')} cannot seed this database: ${role?.allowed ? 'row-level security applies to it' : 'it lacks the INSERT privilege'}.`,
    context: [database.place],
    fix: 'connect as a superuser, or as an owner with BYPASSRLS.',
  });
}
