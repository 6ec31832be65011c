import { sql } from 'drizzle-orm';
import { newId } from '../../kit/index.ts';
import type { Candidate } from '../resolve/candidates.ts';
import type { FetchedVersion } from '../registry/registry-adapter.ts';
import { jsonChunks, rowsOf, type Statements } from './statement.ts';

interface KnownVersion {
  readonly id: string;
  readonly version: string;
  readonly sort_key: string;
  readonly is_prerelease: boolean;
  /** Milliseconds, as text. */
  readonly published: string | null;
  readonly yanked: boolean;
}

export interface StoredVersions {
  readonly added: number;
  readonly changed: number;
  /** Withdrawn since the last time. */
  readonly yanked: number;
  /** The ids of all versions that were fetched. */
  readonly ids: ReadonlyMap<string, string>;
  /** Those that were there before. */
  readonly known: ReadonlySet<string>;
  /** All versions as they are now, for those who depend on them. */
  readonly candidates: readonly Candidate[];
}

/** Writes the versions that are new or changed. One that the registry no longer has is marked, and stays. */
export async function storeVersions(
  tx: Statements,
  packageId: string,
  fetched: readonly FetchedVersion[],
  { now, created }: { now: string; created: boolean },
): Promise<StoredVersions> {
  const known = created ? [] : await readKnown(tx, packageId);
  const byVersion = new Map(known.map((one) => [one.version, one]));
  const ids = new Map<string, string>();
  const added: object[] = [];
  const changed: object[] = [];
  let yanked = 0;
  for (const one of fetched) {
    const before = byVersion.get(one.version);
    byVersion.delete(one.version);
    ids.set(one.version, before?.id ?? newId());
    const row = {
      id: ids.get(one.version),
      version: one.version,
      key: one.sortKey,
      pre: one.isPrerelease,
      published: one.publishedAt?.toISOString() ?? null,
      yanked: one.yanked,
    };
    if (before === undefined) added.push(row);
    else if (differs(before, one)) {
      changed.push(row);
      if (one.yanked && !before.yanked) yanked += 1;
    }
  }
  // What is left over is gone from the registry.
  const gone = [...byVersion.values()].filter((one) => !one.yanked);
  await insertVersions(tx, packageId, added, now);
  await updateVersions(tx, changed, now);
  await yank(
    tx,
    gone.map(({ id }) => id),
    now,
  );
  return {
    added: added.length,
    changed: changed.length,
    yanked: yanked + gone.length,
    ids,
    known: new Set(known.map(({ version }) => version)),
    candidates: [
      ...fetched.map(({ version, sortKey, yanked: withdrawn }) => ({
        id: ids.get(version)!,
        version,
        sortKey,
        yanked: withdrawn,
      })),
      ...[...byVersion.values()].map(({ id, version, sort_key: sortKey }) => ({
        id,
        version,
        sortKey,
        yanked: true,
      })),
    ],
  };
}

async function readKnown(tx: Statements, packageId: string): Promise<readonly KnownVersion[]> {
  return rowsOf<KnownVersion>(
    tx,
    sql`select id, version, sort_key, is_prerelease, yanked_at is not null as yanked,
          (extract(epoch from published_at) * 1000)::bigint::text as published
        from package_versions where package_id = ${packageId}::uuid`,
  );
}

function differs(before: KnownVersion, now: FetchedVersion): boolean {
  const published = now.publishedAt?.getTime();
  return (
    before.sort_key !== now.sortKey ||
    before.is_prerelease !== now.isPrerelease ||
    before.yanked !== now.yanked ||
    // A registry that no longer tells the time does not unpublish.
    (published !== undefined && before.published !== String(published))
  );
}

async function insertVersions(
  tx: Statements,
  packageId: string,
  rows: readonly object[],
  now: string,
): Promise<void> {
  for (const json of jsonChunks(rows)) {
    await tx.execute(
      sql`insert into package_versions
            (id, package_id, version, sort_key, is_prerelease, published_at, yanked_at, created_at)
          select id, ${packageId}::uuid, version, key, pre, published,
            case when yanked then ${now}::timestamptz end, ${now}::timestamptz
          from json_to_recordset(${json}::text::json)
            as row(id uuid, version text, key text, pre boolean, published timestamptz, yanked boolean)`,
    );
  }
}

async function updateVersions(tx: Statements, rows: readonly object[], now: string): Promise<void> {
  for (const json of jsonChunks(rows)) {
    await tx.execute(
      sql`update package_versions known set
            sort_key = row.key, is_prerelease = row.pre,
            published_at = coalesce(row.published, known.published_at),
            yanked_at = case when row.yanked then coalesce(known.yanked_at, ${now}::timestamptz) end
          from json_to_recordset(${json}::text::json)
            as row(id uuid, key text, pre boolean, published timestamptz, yanked boolean)
          where known.id = row.id`,
    );
  }
}

async function yank(tx: Statements, ids: readonly string[], now: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(
    sql`update package_versions set yanked_at = ${now}::timestamptz
        where id in (select json_array_elements_text(${JSON.stringify(ids)}::text::json)::uuid)`,
  );
}
