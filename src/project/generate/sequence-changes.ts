import { isRecord } from './read-json.ts';

/** The source of a column's numbers: from the sequence of a serial, from an identity, or not at all. */
type Source = 'serial' | 'identity' | 'none';

/** A column whose numbers come from another source than before, or whose serial has another size. */
export interface SequenceChange {
  /** Empty for public, as drizzle-kit writes names. */
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly from: Source;
  readonly to: Source;
  /** The types that Postgres stores: `bigint` for a bigserial. */
  readonly oldType: string;
  readonly newType: string;
  /** Whether drizzle-kit forgets `SET NOT NULL`, which an identity needs. */
  readonly wasNullable: boolean;
}

const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
};

/** The columns whose change drizzle-kit 0.31 writes wrongly, because it treats serial as a type. */
export function sequenceChanges(recorded: unknown, wanted: unknown): readonly SequenceChange[] {
  return Object.entries(entriesOf(wanted, 'tables')).flatMap(([key, table]) => {
    const before = entriesOf(entriesOf(recorded, 'tables')[key], 'columns');
    return Object.entries(entriesOf(table, 'columns')).flatMap(
      ([column, now]): readonly SequenceChange[] => {
        const old = before[column];
        if (!isRecord(table) || !isRecord(old) || !isRecord(now)) return [];
        const change = {
          schema: String(table['schema'] ?? ''),
          table: String(table['name']),
          column,
          from: sourceOf(old),
          to: sourceOf(now),
          oldType: storedType(old),
          newType: storedType(now),
          wasNullable: old['notNull'] !== true,
        };
        return isMended(change) ? [change] : [];
      },
    );
  });
}

/** drizzle-kit can remove an identity, and change its options. */
const isMended = ({ from, to, oldType, newType }: SequenceChange): boolean =>
  from === to ? from === 'serial' && oldType !== newType : !(from === 'identity' && to === 'none');

function sourceOf(column: Readonly<Record<string, unknown>>): Source {
  if (String(column['type']) in SERIALS) return 'serial';
  return column['identity'] === undefined ? 'none' : 'identity';
}

function storedType({ type }: Readonly<Record<string, unknown>>): string {
  const name = String(type);
  return SERIALS[name] ?? name;
}

function entriesOf(of: unknown, kind: string): Readonly<Record<string, unknown>> {
  const found = isRecord(of) ? of[kind] : undefined;
  return isRecord(found) ? found : {};
}
