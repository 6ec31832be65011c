import { defineQueries, defineQuery } from '@rocicorp/zero';
import { queries, zql } from '../../../src/apps/garden/zero/index.ts';

// Queries that a careless developer or an attacker might add to the garden's queries. None
// of them checks the principal. The access rules must hold for them too.

/** Every row of every table. */
const whole = Object.fromEntries(
  Object.entries(zql).map(([name, table]) => [`all_${name}`, defineQuery(() => table as never)]),
) as Record<`all_${keyof typeof zql}`, ReturnType<typeof defineQuery>>;

export const hostileQueries = {
  ...whole,

  /** From public rows, hop by hop, to private rows. */
  deep: defineQuery(() =>
    zql.account
      .related('requests', (request) =>
        request
          .related('requester')
          .related('source', (source) => source.related('chain', (chain) => chain.related('root')))
          .related('package', (one) => one.related('requests').related('deleter')),
      )
      .related('deletedPackages', (one) =>
        one
          .related('versions', (version) =>
            version.related('dependencies', (dependency) =>
              dependency
                .related('dependencyPackage', (other) => other.related('dependents'))
                .related('resolvedPackageVersion', (other) => other.related('package')),
            ),
          )
          .related('tags', (tag) => tag.related('deleter').related('assignments')),
      )
      .related('deletedTags', (tag) => tag.related('packages').related('assignments'))
      .related('assignedTags', (assigned) => assigned.related('tag').related('package')),
  ),

  /** Public rows, filtered by the existence of private rows. */
  accountsWithRequests: defineQuery(() =>
    zql.account.whereExists('requests', (request) =>
      request.where('packageName', 'secret-request'),
    ),
  ),
  packagesOfDeletedTags: defineQuery(() =>
    zql.packages.whereExists('tags', (tag) => tag.where('deletedAt', 'IS NOT', null)),
  ),
  whoDeleted: defineQuery(() =>
    zql.account.whereExists('deletedPackages', (one) => one.where('name', 'deleted-1')),
  ),
  dependentsOfDeleted: defineQuery(() =>
    zql.packageDependencies.whereExists('dependencyPackage', (one) =>
      one.where('deletedAt', 'IS NOT', null),
    ),
  ),
  deepExists: defineQuery(() =>
    zql.packages.whereExists('versions', (version) =>
      version.whereExists('dependents', (dependency) =>
        dependency.whereExists('package', (one) => one.where('deletedAt', 'IS NOT', null)),
      ),
    ),
  ),
  /** A condition that is true for missing rows. */
  withoutVisible: defineQuery(() =>
    zql.packageVersions.where(({ or, exists, cmp }) =>
      or(
        exists('package', (one) => one.where('deletedAt', 'IS NOT', null)),
        cmp('version', '9.9.9'),
      ),
    ),
  ),
  /** The first rows of an order, and the rows after a hidden row. */
  ordered: defineQuery(() => zql.packages.orderBy('deletedAt', 'desc').limit(3)),
  newest: defineQuery(() =>
    zql.packageRequests.orderBy('createdAt', 'desc').related('package').related('chain').limit(2),
  ),
};

/** Queries above that must be empty for principals that are neither staff nor the owner. */
export const EMPTY_FOR_OTHERS = [
  'accountsWithRequests',
  'packagesOfDeletedTags',
  'whoDeleted',
  'dependentsOfDeleted',
  'deepExists',
] as const;

/** All queries of the endpoints: the garden's queries and the hostile ones. */
export const allQueries = defineQueries(queries, { hostile: hostileQueries });
