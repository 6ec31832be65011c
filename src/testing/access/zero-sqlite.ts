import type { QueryDelegate } from '@rocicorp/zero/zqlite';
import type { Scalar } from '../../model/rule.ts';
import { guardQuery } from '../../guard/guard-query.ts';
import type { Database as Rows, Row, Value, WorldColumn, WorldTable } from './world.ts';
import { answerOf, byName, formatOf, readingAst, toTrees } from './zero-query.ts';
import { schemaBySqlName } from './zero-schema.ts';
import type { AnswerReading } from './zero-server.ts';

type Sqlite = InstanceType<typeof import('@rocicorp/zero/zqlite').Database>;

/** A SQLite database with rows as zero-cache stores them. */
export interface SqliteRows {
  readonly db: Sqlite;
  readonly delegate: QueryDelegate & { enableNotExists: boolean };
  /** Replaces all rows. */
  load(rows: Rows): void;
}

export async function sqliteRows(tables: readonly WorldTable[]): Promise<SqliteRows> {
  const { Database, QueryDelegate } = await import('@rocicorp/zero/zqlite');
  const db = new Database(SILENT as never, ':memory:');
  for (const table of tables) db.exec(createStatement(table));
  // The planner's cost model reads SQLite's statistics, which ANALYZE creates.
  db.exec('analyze');
  const inserts = new Map(tables.map((table) => [table, db.prepare(insertStatement(table))]));
  const delegate = Object.assign(
    new QueryDelegate(SILENT as never, db, schemaBySqlName(tables)),
    // zero-cache enables NOT EXISTS; only clients disable it.
    { enableNotExists: true },
  );
  return {
    db,
    delegate,
    load(rows) {
      for (const [table, insert] of inserts) {
        db.exec(`delete from "${table.table}"`);
        for (const row of rows[table.table] ?? []) insert.run(...stored(table, row));
      }
    },
  };
}

/** Guarded queries with ZQL over SQLite, as zero-cache runs them for clients. */
export async function zeroOnSqlite(
  { delegate }: SqliteRows,
  tables: readonly WorldTable[],
): Promise<AnswerReading> {
  const { QueryImpl } = await import('@rocicorp/zero/zqlite');
  const schema = schemaBySqlName(tables);
  const names = byName(tables);
  const notBuilt = (): never => {
    throw new TypeError('a complete query builds no other query');
  };
  return async (rules, claims, reading) => {
    const ast = guardQuery(readingAst(reading, names.get(reading.table)?.key), rules, claims);
    const query = new QueryImpl(
      schema,
      ast.table,
      ast,
      formatOf(reading),
      'client',
      undefined,
      undefined,
      notBuilt,
    );
    return answerOf(names, reading, toTrees(await delegate.run(query)));
  };
}

const SILENT = { withContext: () => SILENT };

/** Column types as zero-cache writes them: the Postgres types, with attributes appended. */
const STORED: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'int8',
  boolean: 'bool',
  moment: 'timestamptz',
  enum: 'text',
};

function createStatement({ table, key, columns }: WorldTable): string {
  const version: WorldColumn = { type: 'text', nullable: false };
  const lines = Object.entries({ ...columns, _0_version: version }).map(
    ([name, { type, nullable, enum: own }]) =>
      `"${name}" "${own?.name ?? STORED[type]}${nullable ? '' : '|NOT_NULL'}${own ? '|TEXT_ENUM' : ''}"`,
  );
  const unique = `create unique index "${table}_pkey" on "${table}" (${list(key)})`;
  return `create table "${table}" (${lines.join(', ')}); ${unique}`;
}

const insertStatement = ({ table, columns }: WorldTable): string =>
  `insert into "${table}" (${list(Object.keys(columns))}, "_0_version") values (${Object.keys(
    columns,
  )
    .map(() => '?, ')
    .join('')}'01')`;

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const stored = (table: WorldTable, row: Row): readonly Value[] =>
  Object.keys(table.columns).map((column) => {
    const value = row[column] ?? null;
    return typeof value === 'boolean' ? Number(value) : value;
  });
