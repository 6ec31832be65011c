import {
  strongerLock,
  type MeasuredStatement,
  type TableLock,
} from '../../model/measured-statement.ts';
import type { KnownRelation } from './known-relation.ts';
import { foldPartitions } from './fold-partitions.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import { sqlError } from './statement-failure.ts';
import { tableChanges, type ChangedTable, type Ran } from './table-changes.ts';

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
  'parent', (select inhparent::text from pg_inherits
    where inhrelid = rel.oid and rel.relispartition and rel.relkind in ('r', 'p')),
  'create', case when rel.relkind in ('i', 'I') then coalesce(
    (select format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
      from pg_constraint where conindid = rel.oid and contype in ('p', 'u', 'x')),
    pg_get_indexdef(rel.oid)) end,
  'columns', (select coalesce(json_agg(json_build_object('number', attnum, 'name', attname,
      'required', attnotnull and not atthasdef and attidentity = '',
      'isGenerated', attgenerated <> '') order by attnum), '[]')
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

const VALIDATES_KEY = 'validating foreign key constraint';

export type Measured = Omit<
  MeasuredStatement,
  'file' | 'line' | 'migrator' | 'unsafeEnumValue' | 'tables'
> & { readonly tables: readonly ChangedTable[] };

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

  /** The tables and indexes after the last statement, by oid. */
  get relations(): ReadonlyMap<string, KnownRelation> {
    return this.#known;
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
  ): readonly ChangedTable[] {
    const after = new Map(relations.map((relation) => [relation.oid, relation]));
    this.#known = new Map([...before, ...after]);
    for (const { oid } of locks) if (!after.has(oid)) this.#known.delete(oid);
    const tables = [...new Set(locks.map(({ oid }) => oid))].flatMap((oid) => {
      const first = this.#old.get(oid);
      const last = before.get(oid);
      if (first === undefined || last === undefined || last.table !== null) return [];
      const blocks = locks
        .filter((lock) => lock.oid === oid)
        .map(({ mode }): TableLock => BLOCKS[mode] ?? 'none')
        .reduce(strongerLock);
      const checksKey =
        keys.includes(oid) && ran.notices.some((notice) => notice.includes(VALIDATES_KEY));
      const found = tableChanges({ ...ran, first, last, before, after });
      const held = this.#held.get(oid) ?? 'none';
      return { ...found, blocks, held, scanned: found.scanned || checksKey };
    });
    return foldPartitions(tables, before);
  }
}
