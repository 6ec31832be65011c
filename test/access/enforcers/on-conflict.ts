import type { Claims, Rule, TableRules } from '../../../src/model/rule.ts';
import { allowsAttempt, evaluate } from '../../../src/testing/access/oracle.ts';
import { sqlInsert, sqlName } from '../../../src/testing/access/sql-value.ts';
import type { Attempt, World, WorldTable } from '../../../src/testing/access/world.ts';

/** A statement, and whether Postgres should run it. */
export interface Case {
  readonly sql: string;
  readonly allowed: boolean;
}

export const tableOf = (world: World, name: string): WorldTable =>
  world.tables.find(({ table }) => table === name) as WorldTable;

/** The columns that an update changes. */
export const changedColumns = ({
  before,
  after,
}: Extract<Attempt, { operation: 'update' }>): readonly string[] =>
  Object.keys(after).filter((name) => after[name] !== before[name]);

/** Whether a rule is literally `nobody`, so that the privilege is not granted either. */
const isClosed = (rule: Rule): boolean =>
  rule.op === 'nobody' || (rule.op === 'or' && rule.rules.length === 0);

/**
 * An insert or update as `ON CONFLICT DO UPDATE`; `undefined` if it has no such form. Postgres
 * checks both rules and the privileges to read and update, whether or not the row exists.
 */
export function onConflict(world: World, claims: Claims, attempt: Attempt): Case | undefined {
  const { rules, rows: db } = world;
  const table = tableOf(world, attempt.table);
  const own = rules.tables[table.table] as TableRules;
  if (attempt.operation === 'delete') return undefined;
  const { after } = attempt;
  const free = Object.keys(table.columns).filter((name) => !own.immutable.includes(name));
  const columns = attempt.operation === 'update' ? changedColumns(attempt) : free.slice(0, 1);
  if (columns.length === 0 || columns.some((name) => table.key.includes(name))) return undefined;
  const set = columns.map((name) => `${sqlName(name)} = excluded.${sqlName(name)}`).join(', ');
  const asked = { rules, claims, db };
  const inserts = allowsAttempt(asked, { operation: 'insert', table: table.table, after });
  const updates =
    attempt.operation === 'update'
      ? allowsAttempt(asked, attempt)
      : evaluate(own.read, after, asked) === true &&
        !isClosed(own.update.from) &&
        !isClosed(own.update.to);
  return {
    sql: `${sqlInsert(table, [after])} on conflict (${table.key.map(sqlName).join(', ')}) do update set ${set}`,
    allowed: inserts && updates,
  };
}
