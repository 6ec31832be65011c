import { setTimeout as sleep } from 'node:timers/promises';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import { readDatabaseError } from '../../postgres/database-error.ts';
import type { Session } from '../../postgres/session.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Archive, PendingBatch } from './archive.ts';

/** How long the server may take to notice that a killed process is gone. */
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/**
 * Decides about the batch that an interrupted run has left. The server knows whether its
 * transaction was committed, so that no row is archived twice or lost.
 *
 * @param table the table, quoted, and a column that finds the row quickly.
 */
export async function settlePending(
  session: Session,
  archive: Archive,
  { table, column }: { readonly table: string; readonly column: string | undefined },
): Promise<void> {
  const batch = await archive.pending();
  if (batch === undefined) return;
  for (let waited = 0; ; waited += POLL_MS) {
    const status = await statusOf(session, batch);
    if (status === 'committed' || status === 'aborted') {
      return archive.settle(batch, status === 'committed');
    }
    if (status === null)
      return archive.settle(batch, !(await exists(session, batch, table, column)));
    if (waited >= PATIENCE_MS) throw undecided(batch, session.place, 'it is still running');
    await sleep(POLL_MS);
  }
}

async function statusOf(
  session: Session,
  batch: PendingBatch,
): Promise<'committed' | 'aborted' | 'in progress' | null> {
  try {
    const [row] = await session.rows<{ readonly status: 'committed' | 'aborted' | null }>(
      `select pg_xact_status(${quoteText(batch.transaction)}::xid8) as status`,
    );
    return row?.status ?? null;
  } catch (error) {
    // The id is in the future: the database was restored, or it is another one.
    if (readDatabaseError(error)?.code !== '22023') throw error;
    throw undecided(
      batch,
      session.place,
      'the database does not know it: it was restored from a backup, or is another one',
    );
  }
}

/** The server forgets the state of old transactions. Then a row that still exists decides. */
async function exists(
  session: Session,
  { line }: PendingBatch,
  table: string,
  column: string | undefined,
): Promise<boolean> {
  const json = quoteText(line);
  const quickly =
    column === undefined
      ? ''
      : `r.${quoteName(column)} = (select ${quoteName(column)} from json_populate_record(null::${table}, ${json}::json)) and `;
  const [row] = await session.rows<{ readonly found: boolean }>(
    `select exists (select from ${table} r where ${quickly}to_json(r)::text = ${json}) as found`,
  );
  return row?.found === true;
}

const undecided = ({ file, transaction }: PendingBatch, place: string, why: string): ProblemError =>
  new ProblemError({
    code: 'maintain/archive-undecided',
    message: `the last batch of the archive cannot be completed, because nobody knows whether transaction ${transaction} was committed: ${why}.`,
    context: [place, file],
    fix: 'compare the last rows of the file with the table; remove them from the file if the table has them; then remove pending.json next to it.',
  });
