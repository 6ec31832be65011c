/** A read of the garden. Its parameters come from a row of `samples`. */
export interface CommonRead {
  readonly name: string;
  readonly text: string;
  /**
   * The read with the rule written by hand, as an expert would for a user who is not staff. Runs
   * without policies. Present if the rule adds a condition to the read.
   */
  readonly byHand?: string;
  /**
   * The read with the minimal condition for a rule of this kind, by hand: whether the row exists in
   * the other table at all, or who the user is.
   */
  readonly least?: string;
  /** Columns of the sample for $1, $2, … */
  readonly parameters: readonly (keyof Sample)[];
}

/** Parameters for one round of reads. */
export interface Sample {
  readonly package_id: string;
  readonly name: string;
  readonly registry: string;
  readonly prefix: string;
  readonly prefix_end: string;
  readonly version_id: string;
  readonly tag_id: string;
  readonly account_id: string;
  readonly created_at: string;
}

/**
 * The condition in the form that the policies use. It lets Postgres plan once and avoids a hash.
 */
const isThere = (table: string, key: string): string =>
  `(exists (select from ${table} o where o.id = ${key} offset 0) or null) is not null`;

/** The ten most common reads of the page. */
export const commonReads: readonly CommonRead[] = [
  {
    name: 'a package by its name',
    text: 'select * from packages where name = $1 and registry = $2 and deleted_at is null',
    parameters: ['name', 'registry'],
  },
  {
    name: 'browse a registry, 50 by name',
    text: 'select * from packages where registry = $1 and name > $2 and deleted_at is null order by registry, name limit 50',
    parameters: ['registry', 'name'],
  },
  {
    name: 'the 50 newest packages before a time',
    text: 'select * from packages where deleted_at is null and created_at < $1 order by created_at desc, id desc limit 50',
    parameters: ['created_at'],
  },
  {
    // A range instead of LIKE, which is not leakproof and cannot use an index behind a policy.
    name: 'search by prefix, 20',
    text: 'select id, name from packages where name >= $1 and name < $2 and deleted_at is null order by name limit 20',
    parameters: ['prefix', 'prefix_end'],
  },
  {
    name: 'the versions of a package, newest first',
    text: 'select * from package_versions where package_id = $1 order by sort_key desc limit 50',
    byHand: `select * from package_versions v where package_id = $1 and exists (select from packages p where p.id = v.package_id and p.deleted_at is null) order by sort_key desc limit 50`,
    least: `select * from package_versions v where package_id = $1 and ${isThere('packages', 'v.package_id')} order by sort_key desc limit 50`,
    parameters: ['package_id'],
  },
  {
    name: 'the latest stable version',
    text: 'select * from package_versions where package_id = $1 and not is_prerelease and yanked_at is null order by sort_key desc limit 1',
    byHand: `select * from package_versions v where package_id = $1 and not is_prerelease and yanked_at is null and exists (select from packages p where p.id = v.package_id and p.deleted_at is null) order by sort_key desc limit 1`,
    least: `select * from package_versions v where package_id = $1 and not is_prerelease and yanked_at is null and ${isThere('packages', 'v.package_id')} order by sort_key desc limit 1`,
    parameters: ['package_id'],
  },
  {
    name: 'the dependencies of a version',
    text: 'select * from package_dependencies where version_id = $1',
    byHand: `select * from package_dependencies d where version_id = $1 and exists (select from packages p where p.id = d.package_id and p.deleted_at is null)`,
    least: `select * from package_dependencies d where version_id = $1 and ${isThere('packages', 'd.package_id')}`,
    parameters: ['version_id'],
  },
  {
    name: '50 dependents of a package',
    text: 'select d.id, d.resolved_version, p.name from package_dependencies d join packages p on p.id = d.package_id where d.dependency_package_id = $1 and p.deleted_at is null limit 50',
    least: `select d.id, d.resolved_version, p.name from package_dependencies d join packages p on p.id = d.package_id where d.dependency_package_id = $1 and p.deleted_at is null and ${isThere('packages', 'd.package_id')} limit 50`,
    parameters: ['package_id'],
  },
  {
    name: 'the tags of a package',
    text: 'select t.* from package_tags pt join tags t on t.id = pt.tag_id where pt.package_id = $1',
    byHand: `select t.* from package_tags pt join tags t on t.id = pt.tag_id where pt.package_id = $1 and t.deleted_at is null and exists (select from packages p where p.id = pt.package_id and p.deleted_at is null)`,
    least: `select t.* from package_tags pt join tags t on t.id = pt.tag_id where pt.package_id = $1 and ${isThere('packages', 'pt.package_id')} and ${isThere('tags', 'pt.tag_id')}`,
    parameters: ['package_id'],
  },
  {
    name: 'my requests, 20 newest',
    text: 'select id, package_name, status, created_at from package_requests where requested_by = $1 order by created_at desc limit 20',
    least: `select id, package_name, status, created_at from package_requests where requested_by = $1 and requested_by = (select (current_setting('request.jwt.claims')::jsonb ->> 'sub')::uuid) order by created_at desc limit 20`,
    parameters: ['account_id'],
  },
];
