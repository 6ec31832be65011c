import { account } from '../tables/account.ts';
import { packageDependencies } from '../tables/package-dependencies.ts';
import { packageRequests } from '../tables/package-requests.ts';
import { packageTags } from '../tables/package-tags.ts';
import { packageVersions } from '../tables/package-versions.ts';
import { packages } from '../tables/packages.ts';
import { tags } from '../tables/tags.ts';
import {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type SelectSchema,
  type UpdateSchema,
} from '../../../zod/table-schemas.ts';

// Three schemas a table. Marked pure, so that a bundle keeps only those that it uses.

export const insertAccountSchema: InsertSchema<typeof account> =
  /* @__PURE__ */ insertSchema(account);
export const updateAccountSchema: UpdateSchema<typeof account> =
  /* @__PURE__ */ updateSchema(account);
export const selectAccountSchema: SelectSchema<typeof account> =
  /* @__PURE__ */ selectSchema(account);

export const insertPackageSchema: InsertSchema<typeof packages> =
  /* @__PURE__ */ insertSchema(packages);
export const updatePackageSchema: UpdateSchema<typeof packages> =
  /* @__PURE__ */ updateSchema(packages);
export const selectPackageSchema: SelectSchema<typeof packages> =
  /* @__PURE__ */ selectSchema(packages);

export const insertPackageVersionSchema: InsertSchema<typeof packageVersions> =
  /* @__PURE__ */ insertSchema(packageVersions);
export const updatePackageVersionSchema: UpdateSchema<typeof packageVersions> =
  /* @__PURE__ */ updateSchema(packageVersions);
export const selectPackageVersionSchema: SelectSchema<typeof packageVersions> =
  /* @__PURE__ */ selectSchema(packageVersions);

export const insertPackageDependencySchema: InsertSchema<typeof packageDependencies> =
  /* @__PURE__ */ insertSchema(packageDependencies);
export const updatePackageDependencySchema: UpdateSchema<typeof packageDependencies> =
  /* @__PURE__ */ updateSchema(packageDependencies);
export const selectPackageDependencySchema: SelectSchema<typeof packageDependencies> =
  /* @__PURE__ */ selectSchema(packageDependencies);

export const insertPackageRequestSchema: InsertSchema<typeof packageRequests> =
  /* @__PURE__ */ insertSchema(packageRequests);
export const updatePackageRequestSchema: UpdateSchema<typeof packageRequests> =
  /* @__PURE__ */ updateSchema(packageRequests);
export const selectPackageRequestSchema: SelectSchema<typeof packageRequests> =
  /* @__PURE__ */ selectSchema(packageRequests);

export const insertTagSchema: InsertSchema<typeof tags> = /* @__PURE__ */ insertSchema(tags);
export const updateTagSchema: UpdateSchema<typeof tags> = /* @__PURE__ */ updateSchema(tags);
export const selectTagSchema: SelectSchema<typeof tags> = /* @__PURE__ */ selectSchema(tags);

export const insertPackageTagSchema: InsertSchema<typeof packageTags> =
  /* @__PURE__ */ insertSchema(packageTags);
export const updatePackageTagSchema: UpdateSchema<typeof packageTags> =
  /* @__PURE__ */ updateSchema(packageTags);
export const selectPackageTagSchema: SelectSchema<typeof packageTags> =
  /* @__PURE__ */ selectSchema(packageTags);
