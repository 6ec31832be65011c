import { quoteName, quoteText } from '../../model/quote-sql.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import { dropPartitions } from '../../postgres/partitions/drop-partitions.ts';
import { makePartitions } from '../../postgres/partitions/make-partitions.ts';
import type { SqlClient } from '../../postgres/partitions/partition-sql.ts';
import type { Session } from '../../postgres/session.ts';
import type { MaintenanceRun } from '../maintenance-run.ts';
import { shortTransaction } from '../short-transaction.ts';
import { expiredRows } from './expired-rows.ts';

/** What happened with the partitions of a table. */
export interface KeptPartitions {
  readonly table: string;
  readonly made: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * Makes the next partitions, and drops those whose rows have all expired. If the rows are
 * archived or have limits of their own, a partition is only dropped when it is empty.
 */
export async function keepPartitions(run: MaintenanceRun, table: Table): Promise<KeptPartitions> {
  const name = qualifiedName(table);
  const quoted = quoteName(schemaOf(table), table.name);
  const { session } = run.toolsFor(name);
  if (run.dryRun) return { table: name, made: [], dropped: [] };
  const client = sqlClient(session);
  const made = await makePartitions(client, quoted, { ahead: run.partitionsAhead });
  const dropped: string[] = [];
  for (const retention of table.retentions ?? []) {
    if (retention.column !== table.partition?.column) continue;
    const { until } = expiredRows(quoted, retention, `${quoteText(run.now)}::timestamptz`);
    const needsEmpty = retention.archive === true || retention.perOwner !== undefined;
    const [row] = await shortTransaction(session, (tx) =>
      tx.rows<{ readonly before: string }>(
        needsEmpty
          ? `select least((select min(${quoteName(retention.column)}) from ${quoted}), ${until})::text as before`
          : `select (${until})::text as before`,
      ),
    );
    if (row === undefined) continue;
    const before = new Date(row.before.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
    dropped.push(...(await dropPartitions(client, quoted, { before })));
  }
  return { table: name, made, dropped };
}

/** A session as the client that the functions for partitions expect. */
const sqlClient = (session: Session): SqlClient => ({
  async unsafe(text) {
    // Postgres runs several statements only without results, except in a transaction.
    const [, settings, rest = text] = /^(set local [^;]*); ([^]*)$/.exec(text) ?? [];
    const isQuery = /^\s*(?:select|with)\b/i.test(rest);
    if (settings === undefined) {
      if (isQuery) return session.rows(rest);
      await session.run(rest);
      return [];
    }
    return session.transaction(async (tx) => {
      await tx.run(settings);
      if (isQuery) return tx.rows<Readonly<Record<string, unknown>>>(rest);
      await tx.run(rest);
      return [];
    });
  },
});
