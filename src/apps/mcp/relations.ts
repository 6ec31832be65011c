import { relations } from 'drizzle-orm';
import { categories } from './tables/categories.ts';
import { packageDependencies } from './tables/package-dependencies.ts';
import { packageUsage } from './tables/package-usage.ts';
import { packageVersions } from './tables/package-versions.ts';
import { packages, packageShares } from './tables/packages.ts';
import { users } from './tables/users.ts';

export const usersRelations = relations(users, ({ many }) => ({
  packages: many(packages),
  sharedPackages: many(packageShares),
}));

export const packagesRelations = relations(packages, ({ one, many }) => ({
  user: one(users, { fields: [packages.userId], references: [users.id] }),
  category: one(categories, { fields: [packages.categoryId], references: [categories.id] }),
  versions: many(packageVersions),
  shares: many(packageShares),
  usage: one(packageUsage, { fields: [packages.id], references: [packageUsage.packageId] }),
  dependencies: many(packageDependencies, { relationName: 'package_id' }),
  dependents: many(packageDependencies, { relationName: 'depends_on_id' }),
}));

export const categoriesRelations = relations(categories, ({ one, many }) => ({
  parent: one(categories, {
    fields: [categories.parentId],
    references: [categories.id],
    relationName: 'parent_id',
  }),
  children: many(categories, { relationName: 'parent_id' }),
  packages: many(packages),
}));

export const packageSharesRelations = relations(packageShares, ({ one }) => ({
  package: one(packages, { fields: [packageShares.packageId], references: [packages.id] }),
  user: one(users, { fields: [packageShares.userId], references: [users.id] }),
}));

export const packageVersionsRelations = relations(packageVersions, ({ one }) => ({
  package: one(packages, { fields: [packageVersions.packageId], references: [packages.id] }),
}));

export const packageUsageRelations = relations(packageUsage, ({ one }) => ({
  package: one(packages, { fields: [packageUsage.packageId], references: [packages.id] }),
}));

export const packageDependenciesRelations = relations(packageDependencies, ({ one }) => ({
  package: one(packages, {
    fields: [packageDependencies.packageId],
    references: [packages.id],
    relationName: 'package_id',
  }),
  dependsOn: one(packages, {
    fields: [packageDependencies.dependsOnId],
    references: [packages.id],
    relationName: 'depends_on_id',
  }),
}));
