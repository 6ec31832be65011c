import type {
  DroppedColumn,
  MeasuredStatement,
  MeasuredTable,
} from '../../model/measured-statement.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { KnownColumn, KnownRelation } from './known-relation.ts';
import type { ChangedTable } from './table-changes.ts';

/** A statement, before the rest of its file has run. */
export type RanStatement = Omit<MeasuredStatement, 'tables'> & {
  readonly tables: readonly ChangedTable[];
};

/**
 * Adds what only the end of a file shows: whether the file adds dropped columns again, and
 * which indexes are lost then.
 */
export function findLostIndexes(
  statement: RanStatement,
  old: ReadonlyMap<string, KnownRelation>,
  end: ReadonlyMap<string, KnownRelation>,
): MeasuredStatement {
  const tables = statement.tables.map(({ oid, removedIndexes, ...table }): MeasuredTable => {
    const before = old.get(oid)?.columns ?? [];
    const columns = end.get(oid)?.columns ?? [];
    const droppedColumns = table.droppedColumns.map((dropped) => {
      const found = columns.find(({ name }) => name === dropped.name);
      return found ? { ...dropped, replacement: { isGenerated: found.isGenerated } } : dropped;
    });
    const indexes = [...end.values()].filter((index) => index.table === oid);
    const lostIndexes = removedIndexes
      .filter((index) => old.has(index.oid) && canReturn(index, before, droppedColumns, columns))
      .filter((index) => !indexes.some((other) => isSame(index, other)))
      .map(({ name, create }) => ({ name, create: create ?? '' }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { ...table, droppedColumns, lostIndexes };
  });
  return { ...statement, tables };
}

/** Whether the index disappears with a column, and the table has all its columns in the end. */
function canReturn(
  { create }: KnownRelation,
  before: readonly KnownColumn[],
  dropped: readonly DroppedColumn[],
  end: readonly KnownColumn[],
): boolean {
  const words: readonly string[] = create?.slice(create.indexOf('(')).match(WORDS) ?? [];
  const names = before
    .map(({ name }) => name)
    .filter((name) => words.includes(name) || words.includes(quoteName(name)));
  return (
    names.some((name) => dropped.some((column) => column.name === name)) &&
    names.every((name) => end.some((column) => column.name === name))
  );
}

const WORDS = /"(?:[^"]|"")+"|[^\s"'(),.:]+/g;

const isSame = (a: KnownRelation, b: KnownRelation): boolean =>
  a.name === b.name || withoutName(a) === withoutName(b);

/** The definition of an index, without its own name. */
const withoutName = ({ name, create }: KnownRelation): string =>
  create?.replace(` ${quoteName(name)} `, ' ').replace(` ${name} `, ' ') ?? '';
