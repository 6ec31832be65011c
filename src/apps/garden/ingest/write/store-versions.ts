import { newId } from '../../../../kit/index.ts';
import type { Candidate } from '../resolve/candidates.ts';
import type { FetchedVersion } from '../registry/registry-adapter.ts';
import { arrayOf, CHUNK, statement, type Statement } from './statement.ts';

/** A stored version. */
export interface KnownVersion {
  readonly id: string;
  readonly version: string;
  readonly sort_key: string;
  readonly is_prerelease: boolean;
  /** Milliseconds as text. */
  readonly published: string | null;
  readonly yanked: boolean;
}

interface VersionRow {
  readonly id: string;
  readonly fetched: FetchedVersion;
}

/** Versions to write, and the resulting state. */
export interface VersionChanges {
  readonly added: readonly VersionRow[];
  readonly changed: readonly VersionRow[];
  /** Ids of versions that the registry no longer has. */
  readonly gone: readonly string[];
  /** Number of versions yanked since the last fetch. */
  readonly yanked: number;
  /** Ids of all fetched versions. */
  readonly ids: ReadonlyMap<string, string>;
  /** Versions that were stored before. */
  readonly known: ReadonlySet<string>;
  /** All versions after the write, for resolving dependents. */
  readonly candidates: readonly Candidate[];
}

/** Selects the versions of a package. */
export const knownVersions = (packageId: string): Statement =>
  statement`select id, version, sort_key, is_prerelease, yanked_at is not null as yanked,
        (extract(epoch from published_at) * 1000)::bigint::text as published
      from package_versions where package_id = ${packageId}::text::uuid`;

/**
 * Finds new and changed versions. A version that the registry no longer has is kept and marked as
 * yanked.
 */
export function changedVersions(
  known: readonly KnownVersion[],
  fetched: readonly FetchedVersion[],
): VersionChanges {
  const byVersion = new Map(known.map((one) => [one.version, one]));
  const ids = new Map<string, string>();
  const added: VersionRow[] = [];
  const changed: VersionRow[] = [];
  const candidates: Candidate[] = [];
  let yanked = 0;
  for (const one of fetched) {
    const { version, sortKey } = one;
    const before = byVersion.get(version);
    byVersion.delete(version);
    const id = before?.id ?? newId();
    ids.set(version, id);
    candidates.push({ id, version, sortKey, yanked: one.yanked });
    if (before === undefined) added.push({ id, fetched: one });
    else if (differs(before, one)) {
      changed.push({ id, fetched: one });
      if (one.yanked && !before.yanked) yanked += 1;
    }
  }
  const gone: string[] = [];
  // The remaining versions are gone from the registry.
  for (const { id, version, sort_key: sortKey, yanked: withdrawn } of byVersion.values()) {
    if (!withdrawn) gone.push(id);
    candidates.push({ id, version, sortKey, yanked: true });
  }
  return {
    added,
    changed,
    gone,
    yanked: yanked + gone.length,
    ids,
    known: new Set(known.map(({ version }) => version)),
    candidates,
  };
}

/** Statements that write the changes. */
export function* storeVersions(
  packageId: string,
  { added, changed, gone }: VersionChanges,
  now: string,
): Generator<Statement> {
  for (let at = 0; at < added.length; at += CHUNK) {
    const row = columnsOf(added.slice(at, at + CHUNK));
    yield statement`insert into package_versions
            (id, package_id, version, sort_key, is_prerelease, published_at, yanked_at, created_at)
          select id, ${packageId}::text::uuid, version, key, pre, published,
            case when yanked then ${now}::text::timestamptz end, ${now}::text::timestamptz
          from unnest(${row.id}::text::uuid[], ${row.version}::text::text[], ${row.key}::text::text[], ${row.pre}::text::boolean[],
              ${row.published}::text::timestamptz[], ${row.yanked}::text::boolean[])
            as row (id, version, key, pre, published, yanked)`;
  }
  for (let at = 0; at < changed.length; at += CHUNK) {
    const row = columnsOf(changed.slice(at, at + CHUNK));
    yield statement`update package_versions known set
            sort_key = row.key, is_prerelease = row.pre,
            published_at = coalesce(row.published, known.published_at),
            yanked_at = case when row.yanked then coalesce(known.yanked_at, ${now}::text::timestamptz) end
          from unnest(${row.id}::text::uuid[], ${row.version}::text::text[], ${row.key}::text::text[], ${row.pre}::text::boolean[],
              ${row.published}::text::timestamptz[], ${row.yanked}::text::boolean[])
            as row (id, version, key, pre, published, yanked) where known.id = row.id`;
  }
  if (gone.length > 0) {
    yield statement`update package_versions set yanked_at = ${now}::text::timestamptz
        where id = any (${arrayOf(gone)}::text::uuid[])`;
  }
}

/** One array per column. */
function columnsOf(rows: readonly VersionRow[]) {
  const column = (valueOf: (one: FetchedVersion) => string | boolean | null): string =>
    arrayOf(rows.map(({ fetched }) => valueOf(fetched)));
  return {
    id: arrayOf(rows.map(({ id }) => id)),
    version: column(({ version }) => version),
    key: column(({ sortKey }) => sortKey),
    pre: column(({ isPrerelease }) => isPrerelease),
    published: column(({ publishedAt }) => publishedAt?.toISOString() ?? null),
    yanked: column(({ yanked }) => yanked),
  };
}

function differs(before: KnownVersion, now: FetchedVersion): boolean {
  const published = now.publishedAt?.getTime();
  return (
    before.sort_key !== now.sortKey ||
    before.is_prerelease !== now.isPrerelease ||
    before.yanked !== now.yanked ||
    // A missing publication date does not overwrite a stored one.
    (published !== undefined && before.published !== String(published))
  );
}
