import { cellText, columnCast, sqlName, sqlTable, sqlText } from './sql-value.ts';
import type { Attempt, Row, World, WorldTable } from './world.ts';

/** A statement as a function of its values, which Postgres plans once. */
interface Shape {
  readonly body: string;
  readonly values: readonly (string | null)[];
}

/**
 * The writes of a world as calls of functions, one for each form of statement: planning a write
 * with policies takes longer than running it. The functions run with the role of their caller.
 */
export class AttemptFunctions {
  readonly #world: World;
  readonly #names = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The calls for attempts, and the statements that create the functions that are still missing. */
  calls(attempts: readonly Attempt[]): {
    readonly create: readonly string[];
    readonly calls: readonly string[];
  } {
    const create: string[] = [];
    const calls = attempts.map((attempt) => {
      const { body, values } = shapeOf(this.#world, attempt);
      const known = this.#names.get(body);
      const name = known ?? `comparing.${sqlName(`write ${this.#names.size}`)}`;
      if (known === undefined) {
        this.#names.set(body, name);
        create.push(functionSql(name, body));
      }
      const list = values.map((value) => (value === null ? 'null' : sqlText(value)));
      return `select ${name}(array[${list.join(', ')}]::text[])`;
    });
    return { create, calls };
  }
}

/** Names that no column has. */
const VALUES = '"~values"';
const TOUCHED = '"~touched"';

const functionSql = (name: string, body: string): string =>
  `create or replace function ${name}(${VALUES} text[]) returns bigint language plpgsql as $write$
declare ${TOUCHED} bigint;
begin
  ${body};
  get diagnostics ${TOUCHED} = row_count;
  return ${TOUCHED};
end $write$`;

function shapeOf(world: World, attempt: Attempt): Shape {
  const table = world.tables.find((one) => one.table === attempt.table) as WorldTable;
  const values: (string | null)[] = [];
  const place = (row: Row, column: string): string =>
    `${VALUES}[${values.push(cellText(table, row, column))}]${columnCast(table, column)}`;
  const name = sqlTable(table.table);
  const keyIs = (row: Row): string =>
    table.key.map((column) => `${sqlName(column)} = ${place(row, column)}`).join(' and ');
  switch (attempt.operation) {
    case 'insert': {
      const columns = Object.keys(table.columns);
      const cells = columns.map((column) => place(attempt.after, column));
      const body = `insert into ${name} (${columns.map(sqlName).join(', ')}) values (${cells.join(', ')})`;
      return { body, values };
    }
    case 'delete':
      return { body: `delete from ${name} where ${keyIs(attempt.before)}`, values };
    case 'update': {
      const { before, after } = attempt;
      const set = Object.keys(table.columns)
        .filter((column) => before[column] !== after[column])
        .map((column) => `${sqlName(column)} = ${place(after, column)}`);
      return { body: `update ${name} set ${set.join(', ')} where ${keyIs(before)}`, values };
    }
  }
}
