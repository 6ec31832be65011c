import { sql } from 'drizzle-orm';
import { check, uuid } from 'drizzle-orm/pg-core';
import {
  acyclic,
  and,
  companionSql,
  createdAt,
  id,
  indexOn,
  or,
  pgTable,
  references,
  uniqueOn,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { ofOwnPackage, ofVisiblePackage, packages } from './packages.ts';

/** A package that another package needs. Dependencies have no cycles. */
export const packageDependencies = pgTable(
  'package_dependencies',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    dependsOnId: uuid('depends_on_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueOn(t.packageId, t.dependsOnId),
    references(t.packageId, packages.id, 'cascade'),
    references(t.dependsOnId, packages.id, 'cascade'),
    indexOn(t.dependsOnId),
    check('package_dependencies_not_itself_check', sql`${t.packageId} <> ${t.dependsOnId}`),
    ...access(t, {
      read: or(
        ofOwnPackage(t.packageId),
        and(ofVisiblePackage(t.packageId), ofVisiblePackage(t.dependsOnId)),
      ),
      insert: and(ofOwnPackage(t.packageId), ofVisiblePackage(t.dependsOnId)),
      delete: ofOwnPackage(t.packageId),
    }),
  ],
).enableRLS();

export const noDependencyCycles = /* @__PURE__ */ companionSql(
  ...acyclic({ from: packageDependencies.packageId, to: packageDependencies.dependsOnId }),
);

export type PackageDependency = typeof packageDependencies.$inferSelect;
export type NewPackageDependency = typeof packageDependencies.$inferInsert;
