import {
  strongerLock,
  type MeasuredStatement,
  type MeasuredTable,
  type TableLock,
} from '../../model/measured-statement.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import { sqlError } from './statement-failure.ts';

/** A table or an index, as it was after the last statement. */
export interface KnownRelation {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly file: string;
  /** The oid of its table, for an index. */
  readonly table: string | null;
  readonly columns: readonly KnownColumn[];
}

interface KnownColumn {
  readonly number: number;
  readonly name: string;
  readonly required: boolean;
}

/** The state in the transaction of a statement. */
interface Locked {
  readonly timeout: string;
  readonly locks: readonly LockRow[];
  readonly relations: readonly KnownRelation[];
  /** The oids of tables with a foreign key that the statement has added or validated. */
  readonly keys: readonly string[];
}

interface LockRow {
  readonly oid: string;
  readonly mode: string;
}

const RELATION = `json_build_object('oid', rel.oid::text, 'schema', space.nspname,
  'name', rel.relname, 'kind', rel.relkind, 'file', rel.relfilenode::text,
  'table', (select indrelid::text from pg_index where indexrelid = rel.oid),
  'columns', (select coalesce(json_agg(json_build_object('number', attnum, 'name', attname,
      'required', attnotnull and not atthasdef and attidentity = '') order by attnum), '[]')
    from pg_attribute
    where attrelid = rel.oid and attnum > 0 and not attisdropped and rel.relkind in ('r', 'p')))`;
const RELATIONS = `pg_class rel join pg_namespace space on space.oid = rel.relnamespace
  where rel.oid >= 16384 and rel.relkind in ('r', 'p', 'm', 'i', 'I') and space.nspname !~ '^pg_'`;

const LOCKED = `select json_build_object('timeout', current_setting('lock_timeout'),
  'keys', (select coalesce(json_agg(conrelid::text), '[]') from pg_constraint
    where contype = 'f' and xmin::text = pg_current_xact_id()::text),
  'locks', (select coalesce(json_agg(json_build_object('oid', relation::text, 'mode', mode)), '[]')
    from pg_locks where locktype = 'relation' and pid = pg_backend_pid() and relation >= 16384),
  'relations', (select coalesce(json_agg(${RELATION}), '[]') from ${RELATIONS}
    and rel.oid in (select relation from pg_locks
      where locktype = 'relation' and pid = pg_backend_pid())))::text as state`;
const TIMEOUT = `select json_build_object('timeout', current_setting('lock_timeout'))::text as state`;
const ALL = `select (select coalesce(json_agg(${RELATION}), '[]') from ${RELATIONS})::text as state`;

/** What each lock mode blocks. The other modes block neither reads nor writes. */
const BLOCKS: Readonly<Record<string, TableLock>> = {
  AccessExclusiveLock: 'reads',
  ExclusiveLock: 'writes',
  ShareRowExclusiveLock: 'writes',
  ShareLock: 'writes',
};

export type Measured = Omit<MeasuredStatement, 'file' | 'line' | 'migrator' | 'unsafeEnumValue'>;

/** Runs statements, and measures what each does to tables that existed before its file. */
export class StatementMeter {
  readonly #database: ScratchDatabase;
  #known = new Map<string, KnownRelation>();
  /** The objects that existed before the file. */
  #old: ReadonlyMap<string, KnownRelation> = new Map();
  /** The locks of the current transaction, by the oid of the table. */
  readonly #held = new Map<string, TableLock>();

  constructor(database: ScratchDatabase) {
    this.#database = database;
  }

  get tables(): number {
    return [...this.#known.values()].filter(({ kind }) => kind === 'r' || kind === 'p').length;
  }

  /** Treats all current objects as existing before the next file. */
  async beginFile(): Promise<void> {
    if (this.#known.size === 0) await this.#refresh();
    this.#old = this.#known;
    this.endTransaction();
  }

  /** Forgets the locks of the statements before. */
  endTransaction(): void {
    this.#held.clear();
  }

  /** Throws the error of the database if it refuses the statement. */
  async measure(text: string, inTransaction: boolean): Promise<Measured> {
    // At this level, Postgres reports which tables it scans or rewrites.
    await this.#database.run('begin; set local client_min_messages = debug1');
    try {
      // The migrator's transaction holds locks for longer than this one.
      const notices = await this.#database.run(text.replace(/^set\s+local\b/i, 'set session'));
      const state = await this.#read<Locked>(LOCKED);
      await this.#database.run('commit');
      const tables = this.#compare(state, { text, notices });
      if (inTransaction) this.#hold(state.locks);
      const hasLockTimeout = state.timeout !== '0';
      return { text, tables, inTransaction, refusesTransaction: false, hasLockTimeout };
    } catch (error) {
      await this.#database.run('rollback');
      if (sqlError(error).code !== '25001') throw error;
    }
    return this.#measureAlone(text, inTransaction);
  }

  /** Measures a statement that Postgres refuses in a transaction, such as VACUUM FULL. */
  async #measureAlone(text: string, inTransaction: boolean): Promise<Measured> {
    await this.#database.run(text);
    const before = this.#known;
    await this.#refresh();
    const rewritten = [...before.values()].filter(
      ({ oid, table, file }) => table === null && (this.#known.get(oid)?.file ?? file) !== file,
    );
    const locks = rewritten.map(({ oid }) => ({ oid, mode: 'AccessExclusiveLock' }));
    const relations = [...this.#known.values()];
    const { timeout } = await this.#read<Pick<Locked, 'timeout'>>(TIMEOUT);
    return {
      text,
      tables: this.#compare({ timeout, locks, relations, keys: [] }, { text, notices: [] }, before),
      inTransaction,
      refusesTransaction: true,
      hasLockTimeout: timeout !== '0',
    };
  }

  #hold(locks: readonly LockRow[]): void {
    for (const { oid, mode } of locks) {
      const lock = strongerLock(BLOCKS[mode] ?? 'none', this.#held.get(oid) ?? 'none');
      if (lock !== 'none') this.#held.set(oid, lock);
    }
  }

  async #read<Json>(sql: string): Promise<Json> {
    const [row] = await this.#database.query(sql);
    return JSON.parse(String(row?.['state'])) as Json;
  }

  async #refresh(): Promise<void> {
    const all = await this.#read<readonly KnownRelation[]>(ALL);
    this.#known = new Map(all.map((relation) => [relation.oid, relation]));
  }

  #compare(
    { locks, relations, keys }: Locked,
    ran: Ran,
    before: ReadonlyMap<string, KnownRelation> = this.#known,
  ): readonly MeasuredTable[] {
    const after = new Map(relations.map((relation) => [relation.oid, relation]));
    this.#known = new Map([...before, ...after]);
    for (const { oid } of locks) if (!after.has(oid)) this.#known.delete(oid);
    return [...new Set(locks.map(({ oid }) => oid))].flatMap((oid) => {
      const first = this.#old.get(oid);
      const last = before.get(oid);
      if (first === undefined || last === undefined || last.table !== null) return [];
      const blocks = locks
        .filter((lock) => lock.oid === oid)
        .map(({ mode }): TableLock => BLOCKS[mode] ?? 'none')
        .reduce(strongerLock);
      const checksKey =
        keys.includes(oid) && ran.notices.some((notice) => notice.includes(VALIDATES_KEY));
      const found = changes({ ...ran, first, last, before, after });
      const held = this.#held.get(oid) ?? 'none';
      return { ...found, blocks, held, scanned: found.scanned || checksKey };
    });
  }
}

/** A statement that took effect. */
interface Ran {
  readonly text: string;
  readonly notices: readonly string[];
}

const VALIDATES_KEY = 'validating foreign key constraint';

interface Change extends Ran {
  /** Before the file. */
  readonly first: KnownRelation;
  /** Before the statement. */
  readonly last: KnownRelation;
  readonly before: ReadonlyMap<string, KnownRelation>;
  readonly after: ReadonlyMap<string, KnownRelation>;
}

function changes(change: Change): Omit<MeasuredTable, 'blocks' | 'held'> {
  const { text, first, last, before, after, notices } = change;
  const now = after.get(last.oid);
  const says = (pattern: RegExp): boolean =>
    notices.some((notice) => pattern.exec(notice)?.[1] === last.name);
  const hasNewFile = now !== undefined && now.file !== last.file;
  const truncated = hasNewFile && /\btruncate\b/i.test(text) && !says(/rewriting table "(.*)"/);
  const built = [...after.values()].filter(
    ({ oid, file, table }) => table === last.oid && before.get(oid)?.file !== file,
  );
  const name = now === undefined ? undefined : qualifiedName(now);
  return {
    table: qualifiedName(first),
    rewritten: hasNewFile && !truncated,
    truncated,
    scanned: says(/verifying table "(.*)"/),
    // Rewriting or truncating a table also rebuilds its indexes.
    builtIndexes: now?.file === last.file ? built.map((index) => index.name) : [],
    dropped: now === undefined,
    ...(name !== undefined && name !== qualifiedName(last) && { renamedTo: name }),
    ...(now === undefined ? NO_COLUMNS : columnChanges(first, last, now)),
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
    droppedColumns: old.filter(({ number }) => !find(now, number)).map(({ name }) => name),
    renamedColumns: old.flatMap(({ number, name: from }) => {
      const to = find(now, number)?.name;
      return to === undefined || to === from ? [] : { from, to };
    }),
    requiredColumns: now.columns
      .filter(({ number, required }) => required && !find(last, number))
      .map(({ name }) => name),
  };
}
