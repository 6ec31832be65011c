import { strongerLock } from '../../model/measured-statement.ts';
import type { KnownRelation } from './known-relation.ts';
import type { ChangedTable } from './table-changes.ts';

/** Counts what a statement does to partitions by way of their table as done to the table. */
export function foldPartitions(
  tables: readonly ChangedTable[],
  before: ReadonlyMap<string, KnownRelation>,
): readonly ChangedTable[] {
  const changed = new Map(tables.map((table) => [table.oid, table]));
  const rootOf = (table: ChangedTable): ChangedTable => {
    const parent = changed.get(before.get(table.oid)?.parent ?? '');
    // A statement about a single partition locks the partitioned table too, but drops only one.
    const isSame = parent?.blocks === table.blocks && parent.dropped === table.dropped;
    return parent !== undefined && isSame ? rootOf(parent) : table;
  };
  const partitions = Map.groupBy(tables, rootOf);
  return [...partitions].map(([root, parts]) => ({
    ...root,
    held: parts.map(({ held }) => held).reduce(strongerLock),
    rewritten: parts.some(({ rewritten }) => rewritten),
    scanned: parts.some(({ scanned }) => scanned),
    truncated: parts.some(({ truncated }) => truncated),
  }));
}
