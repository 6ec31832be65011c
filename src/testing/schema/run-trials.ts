import type { PostgresClient } from '../access/postgres-world.ts';

/** Statements that run and are rolled back, and a query in between. */
export interface Trial {
  readonly statements: readonly string[];
  /** A query of one `jsonb`. */
  readonly question?: string;
}

/** Result of a trial: the answer to its query, or the error that ended it. */
export interface Outcome {
  readonly answer?: unknown;
  readonly error?: TrialError;
}

export interface TrialError {
  /** The statement, from 1. */
  readonly at: number;
  readonly code: string;
  readonly constraint: string;
  readonly column: string;
  readonly message: string;
}

/** A trial with a callback for its outcome. */
export interface Attempt extends Trial {
  judge(outcome: Outcome): void;
}

// Runs in the database: one round trip for hundreds of statements.
const TRIAL = `create or replace function pg_temp.trial(trial jsonb) returns jsonb language plpgsql as $$
declare
  statement text;
  at integer := 0;
  answer jsonb;
  violated text;
  empty text;
begin
  for statement in select value from jsonb_array_elements_text(trial -> 'statements') loop
    at := at + 1;
    execute statement;
  end loop;
  if trial ->> 'question' is not null then
    execute trial ->> 'question' into answer;
  end if;
  raise exception using errcode = 'UNDO0';
exception
  when sqlstate 'UNDO0' then
    return jsonb_build_object('answer', answer);
  when others then
    get stacked diagnostics violated = constraint_name, empty = column_name;
    -- The index of the partition from addDefaultPartitions(): report the index of its table.
    if violated like 'derived default %' then
      select parent.relname into violated from pg_class child
        join pg_inherits on inhrelid = child.oid join pg_class parent on parent.oid = inhparent
        where child.relname = violated and child.relkind = 'i';
    end if;
    return jsonb_build_object('error', jsonb_build_object(
      'at', at, 'code', sqlstate, 'constraint', violated, 'column', empty, 'message', sqlerrm));
end
$$`;

/** Prepares a connection for {@link runTrials}, inside a transaction. */
export async function prepareTrials(client: PostgresClient): Promise<void> {
  await client.exec(TRIAL);
}

/** Runs trials, isolated from each other. */
export async function runTrials(
  client: PostgresClient,
  trials: readonly Trial[],
): Promise<readonly Outcome[]> {
  if (trials.length === 0) return [];
  const { rows } = await client.query<{ outcomes: string }>(
    `select jsonb_agg(pg_temp.trial(value) order by at)::text as outcomes
    from jsonb_array_elements($1::text::jsonb) with ordinality as trials (value, at)`,
    [JSON.stringify(trials.map(({ statements, question }) => ({ statements, question })))],
  );
  return JSON.parse(rows[0]?.outcomes ?? '[]') as readonly Outcome[];
}

/** Formats an outcome. */
export function showOutcome({ error }: Outcome): string {
  if (!error) return 'Postgres accepts it';
  const names = [error.code, error.constraint, error.column].filter((part) => part !== '');
  return `Postgres says: ${error.message} (${names.join(', ')})`;
}
