import type { MeasuredTable } from '../../model/measured-statement.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { KnownColumn, KnownRelation } from './known-relation.ts';

/** What a statement does to a table, before the rest of its file is known. */
export interface ChangedTable extends Omit<MeasuredTable, 'lostIndexes'> {
  readonly oid: string;
  readonly removedIndexes: readonly KnownRelation[];
}

/** A statement that took effect. */
export interface Ran {
  readonly text: string;
  readonly notices: readonly string[];
}

interface Change extends Ran {
  /** Before the file. */
  readonly first: KnownRelation;
  /** Before the statement. */
  readonly last: KnownRelation;
  readonly before: ReadonlyMap<string, KnownRelation>;
  readonly after: ReadonlyMap<string, KnownRelation>;
}

/** ONLY leaves out the partitions, so a partitioned table itself has no rows. */
const ONLY = /\b(?:on|table)\s+only\b/i;

export function tableChanges(change: Change): Omit<ChangedTable, 'blocks' | 'held'> {
  const { text, first, last, before, after, notices } = change;
  const now = after.get(last.oid);
  const says = (pattern: RegExp): boolean =>
    notices.some((notice) => pattern.exec(notice)?.[1] === last.name);
  const hasNewFile = now !== undefined && now.file !== last.file;
  const truncated = hasNewFile && /\btruncate\b/i.test(text) && !says(/rewriting table "(.*)"/);
  const isAlone = last.kind === 'p' && ONLY.test(text);
  const built = isAlone
    ? []
    : [...after.values()].filter(
        ({ oid, file, table }) => table === last.oid && before.get(oid)?.file !== file,
      );
  const name = now === undefined ? undefined : qualifiedName(now);
  return {
    oid: last.oid,
    table: qualifiedName(first),
    isPartitioned: last.kind === 'p',
    rewritten: hasNewFile && !truncated,
    truncated,
    scanned: says(/verifying table "(.*)"/),
    // Rewriting or truncating a table also rebuilds its indexes.
    builtIndexes: now?.file === last.file ? built.map((index) => index.name) : [],
    dropped: now === undefined,
    ...(name !== undefined && name !== qualifiedName(last) && { renamedTo: name }),
    ...(now === undefined ? NO_COLUMNS : columnChanges(first, last, now)),
    removedIndexes: [...before.values()].filter(
      ({ oid, table }) => table === last.oid && now !== undefined && !after.has(oid),
    ),
  };
}

type ColumnChanges = Pick<MeasuredTable, 'droppedColumns' | 'renamedColumns' | 'requiredColumns'>;

const NO_COLUMNS: ColumnChanges = { droppedColumns: [], renamedColumns: [], requiredColumns: [] };

/** Columns that the same file added may be dropped and renamed. */
function columnChanges(
  first: KnownRelation,
  last: KnownRelation,
  now: KnownRelation,
): ColumnChanges {
  const find = ({ columns }: KnownRelation, wanted: number): KnownColumn | undefined =>
    columns.find(({ number }) => number === wanted);
  const old = last.columns.filter(({ number }) => find(first, number) !== undefined);
  return {
    droppedColumns: old
      .filter(({ number }) => !find(now, number))
      .map(({ name, isGenerated }) => ({ name, isGenerated })),
    renamedColumns: old.flatMap(({ number, name: from }) => {
      const to = find(now, number)?.name;
      return to === undefined || to === from ? [] : { from, to };
    }),
    requiredColumns: now.columns
      .filter(({ number, required }) => required && !find(last, number))
      .map(({ name }) => name),
  };
}
