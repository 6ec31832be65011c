// What an application pays for in its editor: every table, every relation, a
// relational query, and three validators a table. Compiled by type-cost.test.ts.
import type { drizzle } from 'drizzle-orm/pglite';
import type { z } from 'zod';
import type * as garden from '../../src/apps/garden/index.ts';
import type * as schemas from '../../src/apps/garden/zod/index.ts';

declare const db: ReturnType<typeof drizzle<typeof garden>>;

export const packagePage = (id: string) =>
  db.query.packages.findFirst({
    where: (t, { eq }) => eq(t.id, id),
    with: {
      versions: { with: { dependencies: { with: { dependencyPackage: true } } } },
      dependents: { with: { package: true, version: true } },
      tagAssignments: { with: { tag: true, creator: true } },
    },
  });

export type Rows = {
  [
    Name in keyof typeof schemas as (typeof schemas)[Name] extends z.ZodType ? Name : never
  ]: (typeof schemas)[Name] extends z.ZodType ? z.output<(typeof schemas)[Name]> : never;
};
export const row = (rows: Rows): string =>
  rows.selectPackageSchema.name + rows.insertTagSchema.slug + rows.updatePackageTagSchema.tagId;
