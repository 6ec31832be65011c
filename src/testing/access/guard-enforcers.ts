import type { Answer } from './answer-reading.ts';
import { attemptWrite } from './attempt-of.ts';
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
          const verdicts: (Verdict | Error)[] = [];
          for (const attempt of attempts) {
            const write = attemptWrite(world.rules, attempt);
            await client.exec('savepoint attempt');
            const allowed = await allowsWrite(client, world.rules, claims, write).catch(asError);
            await client.exec('rollback to savepoint attempt');
            if (allowed instanceof Error) verdicts.push(allowed);
            else verdicts.push(allowed ? 'allowed' : 'denied');
          }
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
  const onPostgres = await zeroOnPostgres(postgres.client, tables);
  const sqlite = await sqliteRows(tables);
  const onSqlite = await zeroOnSqlite(sqlite, tables);
  return [
    {
      name: 'guarded reads in Postgres',
      async enter(world) {
        await postgres.enter(world);
        const read = readingEach(world.rules, onPostgres);
        return { read, leave: () => postgres.leave() };
      },
    },
    {
      name: 'guarded reads in SQLite',
      async enter(world) {
        sqlite.load(world.rows);
        return { read: readingEach(world.rules, onSqlite), leave: async () => {} };
      },
    },
  ];
}

const readingEach =
  (rules: Parameters<AnswerReading>[0], answer: AnswerReading) =>
  async (
    claims: Parameters<AnswerReading>[1],
    readings: readonly Parameters<AnswerReading>[2][],
  ): Promise<readonly Answer[]> => {
    const answers: Answer[] = [];
    for (const reading of readings) answers.push(await answer(rules, claims, reading));
    return answers;
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
