import { expect, test } from 'vitest';
import type { AccessRules, Claims } from '../../src/model/rule.ts';
import { allowedRows, countRows, findLeaks, readDatabase, type HeldRows } from './allowed-rows.ts';
import { readableWithRelated } from './derived-queries.ts';
import { findHeld, type Held } from './find-held.ts';
import type { HostileStack } from './hostile-stack.ts';

/** Runs all queries as each principal, and compares the client's data with the oracle. */
export function testZeroLeaks(stack: () => HostileStack): void {
  const allowedTo = async (claims: Claims): Promise<HeldRows> => {
    const { app, synced } = stack();
    const db = await readDatabase(synced.sql, app.schema);
    return allowedRows(app.schema, app.rules, claims, db);
  };
  const heldBy = (claims: Claims): Promise<Held> => {
    const { app, synced, derived, planted } = stack();
    const { name, schema } = app;
    const { queries } = planted;
    return findHeld({ app: name, schema, cacheUrl: synced.cacheUrl, claims, derived, queries });
  };

  test('each principal gets exactly the readable rows', async () => {
    const { planted, derived } = stack();
    // At the same time, so that cached data of one principal could leak to the others.
    const all = await Promise.all(
      Object.entries(planted.principals).map(
        async ([name, claims]) => [name, claims, await heldBy(claims)] as const,
      ),
    );
    for (const [name, claims, held] of all) {
      const allowed = await allowedTo(claims);
      expect(findLeaks(held.rows, allowed), name).toEqual([]);
      // The derived queries request every row, so the client must have every readable row.
      expect(countRows(held.rows), name).toEqual(countRows(allowed));
      for (const secret of planted.secrets) expect(held.text, name).not.toContain(secret);
      // A hidden row does not show by its existence either.
      for (const query of derived.exists) {
        const expected = readableWithRelated(allowed, query);
        expect([name, query.name, held.results[query.name]]).toEqual([name, query.name, expected]);
      }
    }
    const counts = all.map(([, , { rows }]) => JSON.stringify(countRows(rows)));
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  test('the same test detects leaks if the guard does nothing', async () => {
    const { app, synced, planted } = stack();
    const tables = Object.fromEntries(
      Object.entries(app.rules.tables).map(([name, table]) => [
        name,
        { ...table, read: { op: 'anyone' as const } },
      ]),
    );
    const open: AccessRules = { ...app.rules, tables };
    synced.answerWith(synced.serverWith({ rules: open }).handler);
    try {
      const held = await heldBy({});
      expect(findLeaks(held.rows, await allowedTo({})).length).toBeGreaterThan(20);
      // An unpublished column never reaches the client, whatever the guard does.
      for (const secret of planted.secrets) expect(held.text).not.toContain(secret);
    } finally {
      synced.answerWith();
    }
  });
}
