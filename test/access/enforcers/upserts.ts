import type { Claims } from '../../../src/model/rule.ts';
import { AccessDenied } from '../../../src/guard/access-denied.ts';
import { guardSql } from '../../../src/guard/guard-sql.ts';
import type { SqlTransaction } from '../../../src/guard/sql-transaction.ts';
import { BatchedSql } from '../../../src/testing/access/batched-sql.ts';
import type { Enforcer, Verdict } from '../../../src/testing/access/enforcer.ts';
import type { PostgresClient, PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import { becoming } from '../../../src/testing/access/rls-enforcer.ts';
import { keyOf, type Attempt, type Row, type World } from '../../../src/testing/access/world.ts';
import { changedColumns, onConflict } from './on-conflict.ts';

const GUARDED = 'an upsert of the guard';
const IN_POSTGRES = 'an upsert in Postgres';

/** The items of upserts. */
export const UPSERTS: readonly string[] = [GUARDED, IN_POSTGRES].flatMap((name) => [
  `${name}, allowed`,
  `${name}, denied`,
]);

/** Called for each upsert that was asked. */
type Covered = (item: string) => void;

/** Only some writes are asked as upserts too, because most of their checks are the same. */
const isAsked = (at: number): boolean => at % 3 === 0;

/** The row of an upsert with the effect of an attempt; `undefined` if there is none. */
export function upsertRow({ rules }: World, attempt: Attempt): Row | undefined {
  if (attempt.operation === 'insert') return attempt.after;
  if (attempt.operation === 'delete') return undefined;
  const { after } = attempt;
  const key = rules.tables[attempt.table]?.key ?? [];
  const changed = changedColumns(attempt);
  if (changed.some((name) => key.includes(name))) return undefined;
  const changes = Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
  return { ...keyOf({ key }, after), ...changes };
}

/** Whether the guard performs an upsert. The caller must roll it back. */
export async function allowsUpsert(
  transaction: SqlTransaction,
  { rules }: World,
  claims: Claims,
  { table, row }: { readonly table: string; readonly row: Row },
): Promise<boolean> {
  try {
    await guardSql(transaction, rules, claims).mutate[table]?.upsert(row);
    return true;
  } catch (error) {
    if (error instanceof AccessDenied) return false;
    throw error;
  }
}

/** The guard's upsert is an insert of a missing row, and otherwise an update. */
export function guardUpserts(postgres: PostgresWorld, covered: Covered): Enforcer {
  const { client } = postgres;
  return {
    name: 'upserts of the guard',
    async enter(world) {
      await postgres.enter(world);
      return {
        async write(claims, attempts) {
          const batch = new BatchedSql(postgres);
          await client.exec('savepoint principal');
          const verdicts = await Promise.all(
            attempts.map(async (attempt, at): Promise<Verdict | Error> => {
              const row = isAsked(at) ? upsertRow(world, attempt) : undefined;
              if (!row) return 'unasked';
              const transaction = batch.attempt();
              const upsert = { table: attempt.table, row };
              const allowed = await allowsUpsert(transaction, world, claims, upsert).catch(asError);
              await transaction.end();
              if (allowed instanceof Error) return allowed;
              const verdict = allowed ? 'allowed' : 'denied';
              covered(`${GUARDED}, ${verdict}`);
              return verdict;
            }),
          );
          await client.exec('rollback to savepoint principal');
          return verdicts;
        },
        leave: () => postgres.leave(),
      };
    },
  };
}

/** Policies that are also asked for `ON CONFLICT DO UPDATE`, whose rules differ from those of the write. */
export function withUpserts(
  policies: Enforcer,
  client: PostgresClient,
  covered: Covered,
): Enforcer {
  return {
    name: policies.name,
    async enter(world) {
      const entered = await policies.enter(world);
      return {
        ...entered,
        async write(claims, attempts) {
          const verdicts = (await entered.write?.(claims, attempts)) ?? [];
          const wrong = await wrongUpserts(world, claims, attempts);
          return verdicts.map((verdict, at) => wrong.get(at) ?? verdict);
        },
      };
    },
  };

  /** An error for each attempt whose upsert is decided wrongly. */
  async function wrongUpserts(
    world: World,
    claims: Claims,
    attempts: readonly Attempt[],
  ): Promise<ReadonlyMap<number, Error>> {
    const cases = attempts.flatMap((attempt, at) => {
      const one = isAsked(at) ? onConflict(world, claims, attempt) : undefined;
      return one ? [{ at, ...one }] : [];
    });
    await client.exec(`savepoint upserts; ${becoming(claims, 'app_user')}`);
    const { rows } = await client.query<{ said: string[] }>(
      'select comparing.attempt($1::text[]) as said',
      [cases.map(({ sql }) => sql)],
    );
    await client.exec('rollback to savepoint upserts');
    const wrong = new Map<number, Error>();
    for (const [place, { at, sql, allowed }] of cases.entries()) {
      const expected = allowed ? 'allowed' : 'denied';
      const said = rows[0]?.said[place];
      covered(`${IN_POSTGRES}, ${expected}`);
      if (said !== expected) wrong.set(at, new Error(`${said}, not ${expected}: ${sql}`));
    }
    return wrong;
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
