import type { Sql } from 'postgres';
import { newId } from '../../../src/kit/index.ts';

/** Ids of the principals, and of rows that the tests request. */
export interface HostileRows {
  readonly ann: string;
  readonly ben: string;
  readonly admin: string;
  readonly request: { readonly ann: string; readonly ben: string };
  readonly package: { readonly alive: string; readonly deleted: string };
  readonly version: { readonly alive: string; readonly deleted: string };
}

/** A value of server-only columns. */
export const SECRET_MARK = 'no-client-may-hold-this';

/**
 * Packages and tags, alive and deleted, with all dependent rows, which reference alive and
 * deleted rows; requests of two users, without a user, and leased by a worker.
 */
export async function plantHostileRows(sql: Sql): Promise<HostileRows> {
  const [ann, ben, admin] = [newId(), newId(), newId()];
  const people = { [ann]: 'Ann', [ben]: 'Ben', [admin]: 'Admin' };
  for (const [id, name] of Object.entries(people)) {
    await sql`insert into account (id, name, created_at, updated_at) values (${id}, ${name}, now(), now())`;
  }
  const packages: string[] = [];
  const versions: string[] = [];
  const tags: string[] = [];
  for (const at of Array(8).keys()) {
    const deleted = at % 2 === 1;
    const [id, version, tag] = [newId(), newId(), newId()];
    const name = `${deleted ? 'deleted' : 'alive'}-${at}`;
    const when = deleted ? new Date() : null;
    const who = deleted ? admin : null;
    await sql`
      insert into packages (id, name, registry, deleted_at, deleted_by, created_at, updated_at)
      values (${id}, ${name}, 'npm', ${when}, ${who}, now(), now())`;
    await sql`
      insert into package_versions (id, package_id, version, sort_key, is_prerelease, created_at)
      values (${version}, ${id}, ${at === 3 ? '9.9.9' : '1.0.0'}, ${`1.${at}`}, false, now())`;
    await sql`
      insert into tags (id, name, slug, deleted_at, deleted_by, created_at, updated_at)
      values (${tag}, ${name}, ${name}, ${when}, ${who}, now(), now())`;
    packages.push(id);
    versions.push(version);
    tags.push(tag);
  }
  for (const [from, packageId] of packages.entries()) {
    // Alive to alive, alive to deleted, deleted to alive, deleted to deleted.
    for (const to of [(from + 1) % 8, (from + 2) % 8]) {
      await sql`
        insert into package_dependencies (id, package_id, version_id, dependency_name,
          dependency_package_id, dependency_version_range, resolved_version, resolved_version_id,
          resolution, dependency_type, created_at)
        values (${newId()}, ${packageId}, ${versions[from]!}, ${`needs-${to}`}, ${packages[to]!}, '^1.0.0',
          '1.0.0', ${versions[to]!}, 'registry', 'runtime', now())`;
      await sql`
        insert into package_tags (id, package_id, tag_id, created_by, created_at)
        values (${newId()}, ${packageId}, ${tags[to]!}, ${from < 4 ? ann : ben}, now())`;
    }
  }
  const ask = async (
    who: string | null,
    packageName: string,
    own: object = {},
  ): Promise<string> => {
    const row = {
      id: newId(),
      package_name: packageName,
      registry: 'npm',
      requested_by: who,
      is_auto_queued: who === null,
      depth: 0,
      priority: 50,
      status: 'pending',
      attempt_count: 0,
      run_at: new Date(),
      created_at: new Date(),
      updated_at: new Date(),
      ...own,
    };
    await sql`insert into package_requests ${sql(row)}`;
    return row.id;
  };
  const held = {
    status: 'fetching',
    locked_by: SECRET_MARK,
    locked_until: new Date(Date.now() + 60_000),
  };
  const request = {
    ann: await ask(ann, 'request-of-ann', held),
    ben: await ask(ben, 'secret-request', { package_id: packages[0]! }),
  };
  // Requests that the garden queued have no owner, even as follow-ups of a user's request.
  for (const root of Object.values(request)) {
    await ask(null, `below-${root}`, { source_request_id: root, root_request_id: root, depth: 1 });
  }
  await ask(null, 'of-nobody', held);
  await ask(ben, 'deleted-request', { status: 'completed', package_id: packages[1]! });
  return {
    ann,
    ben,
    admin,
    request,
    package: { alive: packages[0]!, deleted: packages[1]! },
    version: { alive: versions[0]!, deleted: versions[1]! },
  };
}
