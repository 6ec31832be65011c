import { defineQuery } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import {
  eitherCursor,
  limit,
  momentCursor,
  registry,
  rowId,
  slug,
  text,
  textCursor,
  printable,
} from '../arguments.ts';
import { checked } from '../checked.ts';
import { zql } from '../zero-schema.gen.ts';
import { pageOf } from './page-of.ts';
import { startsWith } from './starts-with.ts';

/** Sort orders of packages. */
const ORDERS = {
  name: ['name', 'asc'],
  newest: ['createdAt', 'desc'],
  updated: ['updatedAt', 'desc'],
} as const;

const slugs = z.array(slug).check(z.minLength(1), z.maxLength(10));

export const packageQueries = {
  /** Lists and searches packages by name prefix (case-insensitive), registry and tags. */
  search: defineQuery(
    checked(
      z
        .strictObject({
          text: z.optional(text(256)),
          registry: z.optional(registry),
          tags: z.optional(z.strictObject({ all: z.optional(slugs), any: z.optional(slugs) })),
          sort: z.optional(z.enum(['name', 'newest', 'updated'])),
          after: z.optional(eitherCursor),
          limit: z.optional(limit),
        })
        .check(
          z.refine(
            ({ sort = 'name', after }) =>
              !after || typeof after.value === (sort === 'name' ? 'string' : 'number'),
            { path: ['after', 'value'], error: 'must have the type of the sort column' },
          ),
        ),
    ),
    ({ args: { text, registry, tags, sort = 'name', ...page } }) => {
      let found = zql.packages.where('deletedAt', 'IS', null);
      if (text) found = found.where('name', 'ILIKE', startsWith(text));
      if (registry) found = found.where('registry', registry);
      for (const one of tags?.all ?? []) {
        found = found.whereExists('tags', (tag) => tag.where('slug', one));
      }
      const { any } = tags ?? {};
      if (any) found = found.whereExists('tags', (tag) => tag.where('slug', 'IN', any));
      const [column, direction] = ORDERS[sort];
      return pageOf(found.related('tags'), column, direction, page);
    },
  ),

  /** A package with its versions, newest first, and its tags with the users who assigned them. */
  page: defineQuery(checked(z.strictObject({ registry, name: printable(256) })), ({ args }) =>
    zql.packages
      .where('registry', args.registry)
      .where('name', args.name)
      .related('versions', (versions) => versions.orderBy('sortKey', 'desc').limit(100))
      .related('tagAssignments', (assigned) => assigned.related('tag').related('creator'))
      .one(),
  ),

  /** All versions, newest first, in pages. `value` of the cursor is the sort key. */
  versions: defineQuery(
    checked(
      z.strictObject({ packageId: rowId, after: z.optional(textCursor), limit: z.optional(limit) }),
    ),
    ({ args: { packageId, ...page } }) =>
      pageOf(zql.packageVersions.where('packageId', packageId), 'sortKey', 'desc', page),
  ),

  /** The newest stable version, or the newest prerelease if there is no stable version. */
  latestVersion: defineQuery(checked(z.strictObject({ packageId: rowId })), ({ args }) =>
    zql.packageVersions
      .where('packageId', args.packageId)
      .where('yankedAt', 'IS', null)
      .orderBy('isPrerelease', 'asc')
      .orderBy('sortKey', 'desc')
      .one(),
  ),

  /** Direct dependencies of a version, optionally of one type. */
  dependencies: defineQuery(
    checked(
      z.strictObject({
        versionId: rowId,
        type: z.optional(z.enum(['runtime', 'dev', 'peer', 'optional'])),
      }),
    ),
    ({ args: { versionId, type } }) => {
      const all = zql.packageDependencies.where('versionId', versionId);
      return (type ? all.where('dependencyType', type) : all)
        .related('dependencyPackage')
        .orderBy('dependencyType', 'asc')
        .orderBy('dependencyName', 'asc');
    },
  ),

  /**
   * Dependencies of a version on three levels, without dev dependencies, for a graph. Each level is
   * limited to a readable number: runtime dependencies first, then peers, then optional ones.
   */
  graph: defineQuery(checked(z.strictObject({ versionId: rowId })), ({ args }) =>
    zql.packageDependencies
      .where('versionId', args.versionId)
      .where('dependencyType', '!=', 'dev')
      .related('dependencyPackage')
      .related('resolvedPackageVersion', (needed) =>
        needed.related('dependencies', (second) =>
          second
            .where('dependencyType', '!=', 'dev')
            .related('dependencyPackage')
            .related('resolvedPackageVersion', (needed) =>
              needed.related('dependencies', (third) =>
                third
                  .where('dependencyType', '!=', 'dev')
                  .related('dependencyPackage')
                  .orderBy('dependencyType', 'desc')
                  .orderBy('dependencyName', 'asc')
                  .limit(10),
              ),
            )
            .orderBy('dependencyType', 'desc')
            .orderBy('dependencyName', 'asc')
            .limit(20),
        ),
      )
      .orderBy('dependencyType', 'desc')
      .orderBy('dependencyName', 'asc')
      .limit(40),
  ),

  /** Dependents of a package, each with its version. `value` of the cursor is the id. */
  dependents: defineQuery(
    checked(
      z.strictObject({ packageId: rowId, after: z.optional(textCursor), limit: z.optional(limit) }),
    ),
    ({ args: { packageId, ...page } }) =>
      pageOf(
        zql.packageDependencies
          .where('dependencyPackageId', packageId)
          .related('package')
          .related('version'),
        'id',
        'asc',
        page,
      ),
  ),

  /**
   * Dependents that resolved to exactly this version of a package, for example a vulnerable one.
   */
  using: defineQuery(
    checked(
      z.strictObject({
        name: printable(256),
        version: printable(256),
        registry: z.optional(registry),
        after: z.optional(textCursor),
        limit: z.optional(limit),
      }),
    ),
    ({ args: { name, version, registry, ...page } }) => {
      const users = zql.packageDependencies
        .where('dependencyName', name)
        .where('resolvedVersion', version)
        // For other resolutions, the column contains the range as written instead of a
        // version.
        .where('resolution', 'IN', ['registry', 'alias']);
      const found = registry
        ? users.whereExists('package', (user) => user.where('registry', registry))
        : users;
      return pageOf(found.related('package').related('version'), 'id', 'asc', page);
    },
  ),

  /** Deleted packages, for users who may restore them. */
  deleted: defineQuery(
    checked(z.strictObject({ after: z.optional(momentCursor), limit: z.optional(limit) })),
    ({ args }) =>
      pageOf(
        zql.packages.where('deletedAt', 'IS NOT', null).related('deleter'),
        'deletedAt',
        'desc',
        args,
      ),
  ),
};
