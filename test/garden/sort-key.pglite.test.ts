import { asc, desc, not } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { isSemverPrerelease, packageVersions, semverSortKey } from '../../src/apps/garden/index.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { compareExactly } from './compare-exactly.ts';
import { plantRows } from './plant-rows.ts';
import { anyVersion, longVersion } from './version-arbitraries.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

/** Versions that differ only in the build have the same key, and no order. */
const versions = fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: anyVersion }, longVersion), {
  selector: (version) => semverSortKey(version),
  minLength: 2,
  maxLength: 30,
});

test('the database sorts versions in semver order, and finds the latest stable one', async () => {
  await fc.assert(
    fc.asyncProperty(versions, async (list) => {
      await database.isolated(async ({ db }) => {
        const rows = await plantRows(db, sampleRows(), 'packageVersions');
        await db.insert(packageVersions).values(
          list.map((version) => ({
            ...rows.packageVersions,
            id: newId(),
            version,
            sortKey: semverSortKey(version) ?? '',
            isPrerelease: isSemverPrerelease(version) ?? false,
          })),
        );
        const sorted = db.select({ version: packageVersions.version }).from(packageVersions);
        const ascending = list.toSorted(compareExactly);
        const found = await sorted.orderBy(asc(packageVersions.sortKey));
        expect(found.map(({ version }) => version)).toEqual(ascending);

        const [latest] = await db
          .select({ version: packageVersions.version })
          .from(packageVersions)
          .where(not(packageVersions.isPrerelease))
          .orderBy(desc(packageVersions.sortKey))
          .limit(1);
        expect(latest?.version).toBe(ascending.findLast((version) => !isSemverPrerelease(version)));
      });
    }),
    { numRuns: 60 },
  );
});
