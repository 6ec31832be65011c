import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { insertSchema, updateSchema } from '../../src/zod/index.ts';
import { enqueue } from '../../src/apps/garden/queue/enqueue.ts';
import { sampleRows } from '../zod/sample-rows.ts';
import { plantRow, plantRows } from './plant-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const everyCode = Array.from({ length: 0x110000 }, (_, code) => code).filter(
  (code) => code < 0xd800 || code > 0xdfff,
);
const controls = everyCode
  .map((code) => String.fromCodePoint(code))
  .filter((one) => /\p{Cc}/u.test(one));
/** The last character before each range of control characters, and the first after it. */
const neighbours = [' ', '~', '\u00a0', '\u202e', '\u2066', 'é', '😀'];

const names = [
  ['account', 'name'],
  ['packages', 'name'],
  ['packageVersions', 'version'],
  ['packageDependencies', 'dependencyName'],
  ['packageDependencies', 'resolvedVersion'],
  ['packageRequests', 'packageName'],
  ['tags', 'name'],
] as const;

test('there are 65 control characters: C0, DEL and C1', () => {
  expect(controls).toHaveLength(65);
});

describe.each(names)('%s.%s', (table, column) => {
  const before = (text: string) => `${text}end`;
  const within = (text: string) => `a${text}z`;
  const after = (text: string) => `end${text}`;

  test('refuses control characters, in Postgres and in the validator', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), table);
      const insert = insertSchema(garden[table]);
      const update = updateSchema(garden[table]);
      for (const character of controls) {
        for (const place of [before, within, after]) {
          const change = { [column]: place(character) };
          const row = { ...rows[table], ...change };
          const label = JSON.stringify(change);
          // Postgres refuses NUL in any text, with another error code.
          expect(await attempt(() => plantRow(db, table, row)), label).toMatchObject(
            character === '\0' ? { code: '22021' } : { code: '23514' },
          );
          expect(insert.safeParse(row).success, label).toBe(false);
          expect(update.safeParse(change).success, label).toBe(false);
        }
      }
    });
  });

  test('accepts the adjacent characters, in Postgres and in the validator', async () => {
    await database.isolated(async ({ db, attempt }) => {
      const rows = await plantRows(db, sampleRows(), table);
      for (const character of neighbours) {
        const row = { ...rows[table], [column]: within(character) };
        const label = JSON.stringify(character);
        expect(await attempt(() => plantRow(db, table, row)), label).toBeUndefined();
        expect(insertSchema(garden[table]).safeParse(row).success, label).toBe(true);
        await db.delete(garden[table]);
      }
    });
  });
});

test('the queue refuses the same names', async () => {
  await database.isolated(async ({ db, attempt }) => {
    for (const character of controls) {
      const newRequest = { packageName: `a${character}z`, registry: 'npm' } as const;
      expect(
        await attempt(() => enqueue(db, newRequest)),
        JSON.stringify(newRequest),
      ).toMatchObject(character === '\0' ? { code: '22P05' } : { code: '23514' });
    }
    expect(await db.execute(sql`select from package_requests`)).toMatchObject({ rows: [] });
    for (const character of neighbours) {
      const newRequest = { packageName: `a${character}z`, registry: 'npm' } as const;
      expect(await enqueue(db, newRequest)).toMatchObject({ state: 'queued' });
    }
  });
});
