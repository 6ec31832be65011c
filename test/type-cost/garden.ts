// Measures the type cost of an application: every table, every relation, a relational
// query, and three validators per table. Compiled by type-cost.test.ts.
import type { drizzle } from 'drizzle-orm/pglite';
import type { z } from 'zod';
import type * as garden from '../../src/apps/garden/index.ts';
import type { schemas } from '../../src/apps/garden/zod/index.ts';
import type { TableSchemas } from '../../src/zod/index.ts';

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

type Schemas = typeof schemas;
export type Rows = {
  readonly [Name in keyof Schemas]: {
    readonly [Kind in keyof TableSchemas<never>]: z.output<Schemas[Name][Kind]>;
  };
};
export const row = (rows: Rows): string =>
  rows.packages.select.name + rows.tags.insert.slug + rows.packageTags.update.tagId;
