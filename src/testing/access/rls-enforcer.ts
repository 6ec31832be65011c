import type { Claims } from '../../model/rule.ts';
import type { Answer } from './answer-reading.ts';
import { AttemptFunctions } from './attempt-functions.ts';
import type { EnteredWorld, Enforcer, Verdict } from './enforcer.ts';
import type { PostgresWorld } from './postgres-world.ts';
import { readingSql } from './reading-sql.ts';
import { sqlCell, sqlInsert, sqlKey, sqlName, sqlTable, sqlText } from './sql-value.ts';
import type { Attempt, World, WorldTable } from './world.ts';

/** The database role that runs the requests of a principal. */
export type RoleOf = (claims: Claims) => string;

export interface RlsOptions {
  readonly postgres: PostgresWorld;
  /** The database role that runs requests of principals. */
  readonly role: string | RoleOf;
  /** Statements that install the rules. Absent if the database has them already. */
  install?(world: World): readonly string[];
}

/** Postgres itself: every statement runs with the role, and with the claims in the setting. */
export function rlsEnforcer(name: string, options: RlsOptions): Enforcer {
  const { postgres, install } = options;
  return {
    name,
    async enter(world) {
      await postgres.enter(world);
      try {
        const statements = install?.(world) ?? [];
        await postgres.client.exec(['savepoint rules', ...statements].join(';\n'));
        return entered(world, options);
      } catch (error) {
        await postgres.leave();
        throw error;
      }
    },
  };
}

function entered(world: World, { postgres, role, install }: RlsOptions): EnteredWorld {
  const { client } = postgres;
  // The types of existing columns are unknown.
  const functions = install && new AttemptFunctions(world);
  const as = async <T>(claims: Claims, run: () => Promise<T>): Promise<T> => {
    const own = typeof role === 'string' ? role : role(claims);
    await client.exec(`savepoint principal; ${becoming(claims, own)}`);
    const result = await run();
    await client.exec('rollback to savepoint principal');
    return result;
  };
  return {
    read: (claims, readings) =>
      as(claims, async () => {
        const queries = readings.map((reading) => readingSql(world, reading));
        const { rows } = await client.query<{ answers: string[][] }>(
          'select comparing.ask($1::text[]) as answers',
          [queries.flat()],
        );
        const answers = rows[0]?.answers.map((keys) => keys.toSorted()) ?? [];
        let at = 0;
        return queries.map(({ length }): Answer => answers.slice(at, (at += length)));
      }),
    async write(claims, attempts) {
      const planned = functions?.calls(attempts);
      if (planned && planned.create.length > 0) await client.exec(planned.create.join(';\n'));
      const statements = planned?.calls ?? attempts.map((attempt) => attemptSql(world, attempt));
      return as(claims, async () => {
        const { rows } = await client.query<{ verdicts: string[] }>(
          'select comparing.attempt($1::text[], $2) as verdicts',
          [statements, planned !== undefined],
        );
        return (rows[0]?.verdicts ?? []).map((verdict) =>
          isVerdict(verdict) ? verdict : new Error(verdict),
        );
      });
    },
    async leave() {
      await client.exec('rollback to savepoint rules');
      await postgres.leave();
    },
  };
}

const isVerdict = (text: string): text is Verdict => text === 'allowed' || text === 'denied';

/** Sets role and claims like a server at the start of a request. Without claims, there is no setting. */
export function becoming(claims: Claims, role: string): string {
  const setting =
    Object.keys(claims).length === 0
      ? ''
      : `select set_config('request.jwt.claims', ${sqlText(JSON.stringify(claims))}, true);`;
  return `${setting} set local role ${sqlName(role)}`;
}

/** A write as a driver would send it: by key, with only the changed columns. */
export function attemptSql(world: World, attempt: Attempt): string {
  const table = world.tables.find((one) => one.table === attempt.table) as WorldTable;
  const name = sqlTable(table.table);
  switch (attempt.operation) {
    case 'insert':
      return sqlInsert(table, [attempt.after]) ?? '';
    case 'delete':
      return `delete from ${name} where ${sqlKey(table, attempt.before)}`;
    case 'update': {
      const { before, after } = attempt;
      const set = Object.keys(table.columns)
        .filter((column) => before[column] !== after[column])
        .map((column) => `${sqlName(column)} = ${sqlCell(table, after, column)}`);
      return `update ${name} set ${set.join(', ')} where ${sqlKey(table, before)}`;
    }
  }
}
