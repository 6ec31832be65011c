import { sql } from 'drizzle-orm';
import { check, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  acyclic,
  and,
  anyone,
  companionSql,
  createdAt,
  exists,
  id,
  indexOn,
  or,
  pgTable,
  references,
  uniqueOn,
  type Rule,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { ofOwnPackage, packages } from './packages.ts';

const visible = (packageId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => packages,
    { id: packageId },
    () => anyone,
    { rows: 'visible' },
  );

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
      read: or(ofOwnPackage(t.packageId), and(visible(t.packageId), visible(t.dependsOnId))),
      insert: and(ofOwnPackage(t.packageId), visible(t.dependsOnId)),
      delete: ofOwnPackage(t.packageId),
    }),
  ],
).enableRLS();

export const noDependencyCycles = /* @__PURE__ */ companionSql(
  ...acyclic({ from: packageDependencies.packageId, to: packageDependencies.dependsOnId }),
);

export type PackageDependency = typeof packageDependencies.$inferSelect;
export type NewPackageDependency = typeof packageDependencies.$inferInsert;
