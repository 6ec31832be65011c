import type { TransactionSql } from 'postgres';
import { expect, test } from 'vitest';
import type { Claims } from '../../src/model/rule.ts';
import {
  allowedRows,
  asHeld,
  countRows,
  findLeaks,
  plainRow,
  readDatabase,
} from './allowed-rows.ts';
import type { HeldRow, HeldRows } from './allowed-rows.ts';
import type { HostileStack } from './hostile-stack.ts';

/** What the app's database role reads: the tables, and the functions that run as their owner. */
export function testSqlLeaks(stack: () => HostileStack): void {
  /** Runs as a principal, in a transaction that is rolled back. */
  const as = async <Result>(
    claims: Claims,
    run: (tx: TransactionSql) => Promise<Result>,
  ): Promise<Result> => {
    const { app, synced } = stack();
    const done = Promise.withResolvers<Result>();
    const rollback = new Error('rolled back');
    await synced.sql
      .begin(async (tx) => {
        await tx`select set_config('role', ${app.role}, true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
        done.resolve(await run(tx));
        throw rollback;
      })
      .catch((error: unknown) => {
        if (error !== rollback) throw error;
      });
    return done.promise;
  };

  test('each principal reads exactly the readable rows of the tables', async () => {
    const { app, synced, planted } = stack();
    const db = await readDatabase(synced.sql, app.schema);
    for (const [name, claims] of Object.entries(planted.principals)) {
      const held = await as(claims, async (tx) => {
        const rows: [string, Map<string, HeldRow>][] = [];
        for (const table of Object.values(app.schema.tables)) {
          const list = Object.entries(table.columns).map(
            ([column, { serverName }]) => `"${serverName ?? column}" as "${column}"`,
          );
          const found = await tx.unsafe(
            `select ${list.join()} from "${table.serverName ?? table.name}"`,
          );
          const heldRow = (row: HeldRow): HeldRow =>
            Object.fromEntries(
              Object.entries(plainRow(row)).map(([name, value]) => [
                name,
                asHeld(value, table.columns[name]?.type),
              ]),
            );
          rows.push([table.name, new Map(found.map((row) => [String(row['id']), heldRow(row)]))]);
        }
        return new Map(rows) as HeldRows;
      });
      const allowed = allowedRows(app.schema, app.rules, claims, db);
      expect(findLeaks(held, allowed), name).toEqual([]);
      expect(countRows(held), name).toEqual(countRows(allowed));
    }
  });

  test('no function returns or changes a row for a principal who must not', async () => {
    const { app, synced, planted } = stack();
    const db = await readDatabase(synced.sql, app.schema);
    const answered = new Set<string>();
    for (const [name, claims] of Object.entries(planted.principals)) {
      const allowed = allowedRows(app.schema, app.rules, claims, db);
      for (const call of planted.calls) {
        const rows = await as(claims, (tx) => tx.unsafe<{ id: string }[]>(call.query));
        const allows = call.allows ?? ((_, readable) => readable !== undefined);
        const leaks = rows.filter(
          ({ id }) => !allows(id, allowed.get(call.table)?.get(id), claims),
        );
        expect([name, call.query, leaks.map(({ id }) => id)]).toEqual([name, call.query, []]);
        if (rows.length > 0) answered.add(call.query);
      }
    }
    expect(planted.calls.map(({ query }) => query).filter((one) => !answered.has(one))).toEqual([]);
  });

  test('the calls include every function that the role may execute', async () => {
    const { app, synced, planted } = stack();
    const functions = await synced.sql<{ name: string }[]>`
      select distinct p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema', 'access')
        and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
        and has_schema_privilege(${app.role}, n.oid, 'usage')
        and has_function_privilege(${app.role}, p.oid, 'execute')`;
    const known = new Set([...planted.calls.map(({ name }) => name), ...app.harmless]);
    expect(functions.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });
}
