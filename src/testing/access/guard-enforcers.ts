import type { Answer } from './answer-reading.ts';
import { attemptWrite } from './attempt-of.ts';
import { BatchedSql } from './batched-sql.ts';
import type { Enforcer, Verdict } from './enforcer.ts';
import { allowsWrite } from './guarded-write.ts';
import type { PostgresWorld } from './postgres-world.ts';
import type { WorldTable } from './world.ts';
import { zeroOnPostgres, type AnswerReading } from './zero-server.ts';
import { sqliteRows, zeroOnSqlite } from './zero-sqlite.ts';

/** The mutation guard, run with the role of the connection; each write is rolled back. */
export function mutationGuardEnforcer(postgres: PostgresWorld): Enforcer {
  const { client } = postgres;
  return {
    name: 'the mutation guard',
    async enter(world) {
      await postgres.enter(world);
      return {
        async write(claims, attempts) {
          const batch = new BatchedSql(postgres);
          await client.exec('savepoint principal');
          const verdicts = await Promise.all(
            attempts.map(async (attempt): Promise<Verdict | Error> => {
              const transaction = batch.attempt();
              const write = attemptWrite(world.rules, attempt);
              const allowed = await allowsWrite(transaction, world.rules, claims, write).catch(
                asError,
              );
              await transaction.end();
              return allowed instanceof Error ? allowed : allowed ? 'allowed' : 'denied';
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

/** Guarded reads, if Zero is installed: compiled to Postgres, and with ZQL over SQLite. */
export async function guardedReadEnforcers(
  postgres: PostgresWorld,
  tables: readonly WorldTable[],
): Promise<readonly Enforcer[]> {
  if (!(await hasZero())) return [];
  const onPostgres = await zeroOnPostgres(postgres, tables);
  const sqlite = await sqliteRows(tables);
  const onSqlite = await zeroOnSqlite(sqlite, tables);
  return [
    guardedReads('guarded reads in Postgres', onPostgres, postgres),
    {
      name: 'guarded reads in SQLite',
      async enter(world) {
        sqlite.load(world.rows);
        return { read: readingEach(world.rules, onSqlite), leave: async () => {} };
      },
    },
  ];
}

/** Guarded reads of the rows in Postgres. */
export const guardedReads = (
  name: string,
  answer: AnswerReading,
  postgres: PostgresWorld,
): Enforcer => ({
  name,
  async enter(world) {
    await postgres.enter(world);
    return { read: readingEach(world.rules, answer), leave: () => postgres.leave() };
  },
});

const readingEach =
  (rules: Parameters<AnswerReading>[0], answer: AnswerReading) =>
  async (
    claims: Parameters<AnswerReading>[1],
    readings: readonly Parameters<AnswerReading>[2][],
  ): Promise<readonly Answer[]> => {
    // Together, so that the queries to Postgres take one round trip.
    return Promise.all(readings.map((reading) => answer(rules, claims, reading)));
  };

async function hasZero(): Promise<boolean> {
  try {
    await import('@rocicorp/zero/zqlite');
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') return false;
    throw error;
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
