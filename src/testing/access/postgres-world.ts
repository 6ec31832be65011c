import { splitTableId } from '../../model/table-id.ts';
import { COMPARING } from './comparing-functions.ts';
import { PreparedQueries } from './prepared-queries.ts';
import { columnType, createEnums, sqlInsert, sqlName, sqlTable } from './sql-value.ts';
import type { World, WorldTable } from './world.ts';

/** The part of a PGlite that the comparison uses. A server connection can implement it too. */
export interface PostgresClient {
  /** Runs one or several statements without parameters. */
  exec(sql: string): PromiseLike<unknown>;
  query<Row>(sql: string, parameters?: unknown[]): PromiseLike<{ readonly rows: Row[] }>;
}

/**
 * A Postgres that holds the rows of one world at a time, for any number of enforcers,
 * in a transaction that is rolled back.
 */
export class PostgresWorld {
  readonly client: PostgresClient;
  readonly prepared: PreparedQueries;
  #shown: World | undefined;
  #viewers = 0;
  #made = '';
  readonly #existing: boolean;

  /** `existing`: the tables exist, and the caller ends the transaction. */
  constructor(client: PostgresClient, options: { readonly existing?: boolean } = {}) {
    this.client = client;
    this.prepared = new PreparedQueries(client);
    this.#existing = options.existing ?? false;
  }

  /** Begins a transaction and inserts the world's rows, or joins the running one of the same world. */
  async enter(world: World): Promise<void> {
    if (this.#shown && this.#shown !== world) throw new TypeError('one world at a time');
    if (!this.#shown) await this.#show(world);
    this.#shown = world;
    this.#viewers += 1;
  }

  async #show(world: World): Promise<void> {
    await this.#make(world.tables);
    const inserts = world.tables.map((table) => sqlInsert(table, world.rows[table.table] ?? []));
    // The planner would plan the first five executions of each prepared query again.
    const generic = 'set local plan_cache_mode = force_generic_plan';
    await this.client.exec(`${this.#existing ? 'savepoint world' : 'begin'}; ${generic}`);
    try {
      await this.client.exec(inserts.filter((insert) => insert).join(';\n'));
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  /** Rolls back the transaction when the last enforcer leaves. */
  async leave(): Promise<void> {
    this.#viewers -= 1;
    if (this.#viewers > 0) return;
    this.#shown = undefined;
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.client.exec(this.#existing ? 'rollback to savepoint world' : 'rollback');
  }

  /** Creates the tables, unless those of the last world are the same. */
  async #make(tables: readonly WorldTable[]): Promise<void> {
    const text = JSON.stringify(tables);
    if (text === this.#made) return;
    const create = this.#existing ? [] : tables.flatMap(createTable);
    await this.client.exec([COMPARING, ...create].join(';\n'));
    this.#made = text;
  }
}

function createTable(table: WorldTable): readonly string[] {
  const { table: id, key, columns } = table;
  const name = sqlTable(id);
  const { schema } = splitTableId(id);
  const definitions = Object.entries(columns).map(
    ([column, definition]) =>
      `${sqlName(column)} ${columnType(definition)}${definition.nullable ? '' : ' not null'}`,
  );
  return [
    `create schema if not exists ${sqlName(schema)}`,
    `drop table if exists ${name} cascade`,
    ...createEnums(table),
    `create table ${name} (${definitions.join(', ')}, primary key (${key.map(sqlName).join(', ')}))`,
  ];
}
