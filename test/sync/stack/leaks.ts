import { expect, test } from 'vitest';
import type { AccessRules } from '../../../src/model/rule.ts';
import { schema, type Principal } from '../../../src/apps/garden/zero/index.ts';
import { rules } from '../../../src/apps/garden/zero/zero-rules.gen.ts';
import {
  allowedRows,
  countRows,
  findLeaks,
  readDatabase,
  type HeldRows,
} from '../../hostile/allowed-rows.ts';
import { findHeld } from './find-held.ts';
import { EMPTY_FOR_OTHERS } from './hostile-queries.ts';
import { SECRET_MARK, type HostileRows } from './plant-hostile-rows.ts';
import type { SyncedGarden } from './synced-garden.ts';

/** Runs all queries as each principal, and compares the client's data with the oracle. */
export function testLeaks(garden: () => SyncedGarden, rows: () => HostileRows): void {
  const principals = (): Readonly<Record<string, Principal | undefined>> => ({
    anonymous: undefined,
    ann: { sub: rows().ann, roles: [] },
    ben: { sub: rows().ben, roles: [] },
    admin: { sub: rows().admin, roles: ['admin'] },
    worker: { sub: rows().admin, roles: ['worker'] },
  });
  const allowedTo = async (
    as: Principal | undefined,
    own: AccessRules = rules,
  ): Promise<HeldRows> =>
    allowedRows(schema, own, { ...as }, await readDatabase(garden().sql, schema));

  test('each principal gets exactly the readable rows', async () => {
    // At the same time, so that cached data of one principal could leak to the others.
    const all = await Promise.all(
      Object.entries(principals()).map(
        async ([name, as]) => [name, as, await findHeld(garden().cacheUrl, rows(), as)] as const,
      ),
    );
    const counted: Record<string, number> = {};
    for (const [name, as, held] of all) {
      const allowed = await allowedTo(as);
      expect(findLeaks(held.rows, allowed), name).toEqual([]);
      // The hostile queries request every row, so the client must have every readable row.
      expect(countRows(held.rows), name).toEqual(countRows(allowed));
      expect(held.text, name).not.toContain(SECRET_MARK);
      counted[name] = held.rows.get('packageRequests')?.size ?? 0;
      if (name === 'anonymous' || name === 'ann') {
        for (const query of EMPTY_FOR_OTHERS)
          expect([name, query, held.results[query]]).toEqual([name, query, 0]);
      }
    }
    // Each sees one more request than they made: a follow-up of their own request.
    expect(counted).toMatchObject({ anonymous: 0, ann: 2, ben: 3 });
  });

  test('the same test detects leaks if the guard does nothing', async () => {
    const open = Object.fromEntries(
      Object.entries(rules.tables).map(([name, table]) => [
        name,
        { ...table, read: { op: 'anyone' as const } },
      ]),
    );
    garden().answerWith(garden().serverWith({ rules: { ...rules, tables: open } }).handler);
    try {
      const { ann } = principals();
      const held = await findHeld(garden().cacheUrl, rows(), ann);
      const leaks = findLeaks(held.rows, await allowedTo(ann));
      expect(leaks.length).toBeGreaterThan(20);
      expect(leaks.join()).toContain('secret-request');
      for (const query of EMPTY_FOR_OTHERS) expect(held.results[query], query).toBeGreaterThan(0);
      // An unpublished column never reaches the client, whatever the guard does.
      expect(held.text).not.toContain(SECRET_MARK);
    } finally {
      garden().answerWith();
    }
  });
}
