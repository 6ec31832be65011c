import type { NotJudged, Validation } from '../../check/validation.ts';
import { connectionFailure } from '../../postgres/connection-failure.ts';
import { readDatabaseError } from '../../postgres/database-error.ts';
import type { DatabaseUrl } from '../../postgres/database-url.ts';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import { connectPostgres } from '../../postgres/postgres-connection.ts';
import { readServerFacts, serverProblem } from '../../postgres/server-problem.ts';
import { validateDatabase } from '../../project/validate/validate-database.ts';
import { ProblemError } from '../../report/problem.ts';
import type { ValidateInput } from './choose-input.ts';

/**
 * The time limit of one statement. Reading the catalog of 1,000 tables takes less than a second.
 */
const SECONDS = 20;
const BEGIN = `begin transaction isolation level repeatable read read only;
set local jit = off; set local statement_timeout = '${SECONDS}s'; set local lock_timeout = '5s'`;

/** Judges a live database, without writing to it. */
export async function validateLive(
  input: Extract<ValidateInput, { readonly kind: 'database' | 'folder' }>,
  cwd: string,
  config: string | undefined,
  signal: AbortSignal,
): Promise<Validation> {
  if (input.kind === 'database') return onServer(input.url, cwd, config, signal);
  const { client, close } = await openPgliteFolder(input.folder, { create: false });
  try {
    return await validateDatabase(cwd, config, {
      place: `PGlite in ${input.folder}`,
      unread: [],
      query: async (sql) =>
        client.transaction(async (tx) => {
          await tx.exec('set transaction read only');
          return (await tx.query<Record<string, unknown>>(sql)).rows;
        }),
    });
  } finally {
    await close();
  }
}

async function onServer(
  url: DatabaseUrl,
  cwd: string,
  config: string | undefined,
  signal: AbortSignal,
): Promise<Validation> {
  const connection = await connect(url, signal);
  const cancel = (): void => connection.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const facts = await readServerFacts(connection);
    // Standbys and read-only servers can be validated too.
    const problem = serverProblem({ ...facts, inRecovery: false, readOnly: false }, url.place);
    if (problem !== undefined) throw new ProblemError(problem);
    return await validateDatabase(cwd, config, {
      place: url.place,
      unread: facts.inRecovery ? [behind] : [],
      async query(sql) {
        await connection.run(BEGIN);
        try {
          return await connection.rows(sql);
        } finally {
          await connection.run('rollback').catch(() => {});
        }
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw slowness(error, url.place) ?? connectionFailure(error, url.place);
  } finally {
    signal.removeEventListener('abort', cancel);
    await connection.close();
  }
}

const behind: NotJudged = {
  object: 'changes that the standby has not replayed yet',
  reason: 'the server is a standby, and may be behind its primary',
};

async function connect(url: DatabaseUrl, signal: AbortSignal) {
  try {
    return await connectPostgres(url, 'garden validate', signal);
  } catch (error) {
    throw connectionFailure(error, url.place);
  }
}

/** A statement that exceeded our time limit or was cancelled on a standby. */
function slowness(error: unknown, place: string): ProblemError | undefined {
  const { code = '', message = '' } = readDatabaseError(error) ?? {};
  if (!['57014', '55P03', '40001'].includes(code)) return undefined;
  return new ProblemError(
    {
      code: 'database/too-slow',
      message: `the catalog of the database could not be read within ${SECONDS} seconds: ${message}.`,
      context: [place],
      fix: 'run it again when the server is less busy and no other session changes the schema.',
    },
    { cause: error },
  );
}
