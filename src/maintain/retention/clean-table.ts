import { join } from 'node:path';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Retention } from '../../model/retention.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Session } from '../../postgres/session.ts';
import { openArchive } from '../archive/archive.ts';
import { settlePending } from '../archive/settle-pending.ts';
import type { MaintenanceRun } from '../maintenance-run.ts';
import { shortTransaction } from '../short-transaction.ts';
import { deleteInBatches } from './delete-in-batches.ts';
import { expiredRows, unreferenced } from './expired-rows.ts';
import { referencesTo } from './references-to.ts';

/** What happened with the expired rows of a table. */
export interface CleanedTable {
  readonly table: string;
  readonly column: string;
  /** Rows deleted by this run; with a dry run, rows that it would delete. */
  readonly deleted: number;
  /** The folder of the archive, if the rows were archived. */
  readonly archive?: string;
  /** Why nothing was deleted. */
  readonly kept?: string;
}

/** Deletes the rows of a table that one of its retentions no longer keeps. */
export async function cleanTable(
  run: MaintenanceRun,
  table: Table,
  retention: Retention,
): Promise<CleanedTable> {
  const name = qualifiedName(table);
  const tools = run.toolsFor(name);
  const result = { table: name, column: retention.column };
  if (retention.archive && run.archive === undefined) {
    return { ...result, deleted: 0, kept: 'its rows are archived first, and no archive is set' };
  }
  const leaves = table.partition ? await leavesOf(tools.session, table) : [nameOf(table)];
  // Whole partitions are dropped; that needs no deletions.
  if (table.partition && !retention.archive && !retention.perOwner)
    return { ...result, deleted: 0 };
  const folder =
    retention.archive && run.archive !== undefined ? join(run.archive, run.database) : undefined;
  let deleted = 0;
  for (const leaf of leaves) {
    const rows = expiredRows(leaf, retention, `${quoteText(run.now)}::timestamptz`);
    const where = rows.where + unreferenced(referencesTo(table, run.tables));
    if (run.dryRun) {
      deleted += await count(tools.session, `${rows.from} where ${where}`);
      continue;
    }
    const archive = folder === undefined ? undefined : openArchive(folder, fileName(name), run.day);
    if (archive) {
      await settlePending(tools.session, archive, { table: leaf, column: retention.column });
    }
    const until = await textOf(tools.session, rows.until);
    const source = (await hasIndex(tools.session, leaf, retention.column))
      ? ({ by: 'time', column: retention.column, until } as const)
      : ({ by: 'block' } as const);
    deleted += await deleteInBatches(tools, { table: leaf, from: rows.from, where }, source, {
      kind: 'delete',
      ...(archive && { archive }),
    });
  }
  return {
    ...result,
    deleted,
    ...(folder !== undefined && { archive: join(folder, fileName(name)) }),
  };
}

const nameOf = (table: Table): string => quoteName(schemaOf(table), table.name);

/** A name of a table as the name of a folder on any system. */
const fileName = (name: string): string =>
  name.replaceAll(/[^\w.-]/g, (one) => `%${one.codePointAt(0)?.toString(16) ?? ''}`);

async function leavesOf(session: Session, table: Table): Promise<readonly string[]> {
  const rows = await session.rows<{ readonly name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_partition_tree(${quoteText(nameOf(table))}) as part
      join pg_class on pg_class.oid = part.relid join pg_namespace space on space.oid = relnamespace
      where isleaf order by relname`,
  );
  return rows.map(({ name }) => name);
}

async function hasIndex(session: Session, table: string, column: string): Promise<boolean> {
  const [row] = await session.rows<{ readonly found: boolean }>(
    `select exists (select from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where indrelid = ${quoteText(table)}::regclass and attname = ${quoteText(column)} and indisvalid and indpred is null) as found`,
  );
  return row?.found === true;
}

const textOf = async (session: Session, expression: string): Promise<string> =>
  shortTransaction(session, async (tx) => {
    const [row] = await tx.rows<{ readonly value: string }>(
      `select (${expression})::text as value`,
    );
    return row?.value ?? '';
  });

const count = async (session: Session, rows: string): Promise<number> =>
  shortTransaction(session, async (tx) => {
    const [row] = await tx.rows<{ readonly n: number }>(`select count(*)::int as n from ${rows}`);
    return row?.n ?? 0;
  });
