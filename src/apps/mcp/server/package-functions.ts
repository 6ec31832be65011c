import { sql, type SQL } from 'drizzle-orm';
import { isUuid } from '../../../model/values/text-rules.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { json, moment, text, textOrNull } from '../../../postgres/queries/row-fields.ts';
import type { Package } from '../tables/packages.ts';

/** A package that was opened by its id. */
export type OpenedPackage = Omit<Package, 'categoryId' | 'words'>;

/**
 * Makes a former version of a package the present one. Returns false if the principal has no such
 * package or version. Run it as the principal.
 */
export async function restorePackageVersion(
  db: AnyDatabase,
  packageId: string,
  version: number,
): Promise<boolean> {
  if (!isUuid(packageId) || !isVersion(version)) return false;
  const [row] = await one<{ restored: boolean }>(db, {
    restored: sql`restore_package_version(${packageId}::text::uuid, ${version}::text::int)`,
  });
  return row?.restored === true;
}

/**
 * Counts a use of a package that the principal may read, or that is unlisted. Returns the new
 * count, or undefined if there is no such package.
 */
export async function recordPackageUse(
  db: AnyDatabase,
  packageId: string,
): Promise<number | undefined> {
  if (!isUuid(packageId)) return undefined;
  const [row] = await one<{ uses: number | null }>(db, {
    uses: sql`record_package_use(${packageId}::text::uuid)`,
  });
  return row?.uses ?? undefined;
}

/** A package by its id: readable, or unlisted. */
export async function openPackage(
  db: AnyDatabase,
  packageId: string,
): Promise<OpenedPackage | undefined> {
  if (!isUuid(packageId)) return undefined;
  const [row] = (await db
    .select(FIELDS)
    .from(sql`open_package(${packageId}::text::uuid)`)) as readonly OpenedPackage[];
  return row;
}

/** No package has another version. Postgres would refuse a number beyond integer. */
const isVersion = (version: number): boolean =>
  Number.isInteger(version) && version > 0 && version < 2 ** 31;

const one = <Row>(db: AnyDatabase, fields: Record<keyof Row & string, SQL>): Promise<Row[]> =>
  db.select(fields).from(sql`(select) as "none"`) as unknown as Promise<Row[]>;

const FIELDS: { readonly [Key in keyof OpenedPackage]: SQL<OpenedPackage[Key]> } = {
  id: text('id'),
  userId: text('user_id'),
  name: text('name'),
  description: text('description'),
  language: text('language'),
  setupPrompt: textOrNull('setup_prompt'),
  tags: json('tags', (value) => value),
  relevantFilesPattern: json('relevant_files_pattern', (value) => value),
  metadata: json('metadata', (value) => value),
  visibility: json('visibility', (value) => value),
  createdAt: moment('created_at'),
  updatedAt: moment('updated_at'),
};
