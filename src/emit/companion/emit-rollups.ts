import type { ColumnType } from '../../model/column-type.ts';
import { ROLLUP_SCHEMA, type Rollup } from '../../model/rollup.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { sqlType } from '../../model/sql-type.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { marksOf, markFunction, rangeFunction, refreshFunction } from './rollup-functions.ts';

const SCHEMA = quoteName(ROLLUP_SCHEMA);

/**
 * For every rollup: a table of marks, triggers on its source that mark changed buckets, and a
 * function that computes marked buckets again.
 *
 * A mark is written by the transaction that changes the bucket. A snapshot that sees a mark sees
 * the change, and a change that a snapshot misses has a mark that it misses too. Marks are only
 * added, so writers never wait for each other or for the function.
 */
export function emitRollups(tables: readonly Table[]): readonly CompanionObject[] {
  const rollups = tables.flatMap(({ id, rollup }) => (rollup ? [{ id, rollup }] : []));
  if (rollups.length === 0) return [];
  return [
    {
      key: `schema ${SCHEMA}`,
      create: `create schema if not exists ${SCHEMA};`,
      drop: `drop schema if exists ${SCHEMA};`,
    },
    ...rollups.flatMap(({ id, rollup }) => [
      marks(id, columnsOf(tables, rollup)),
      markFunction(id, rollup),
      ...triggers(id, rollup),
      rangeFunction(id, rollup),
      refreshFunction(id, rollup),
    ]),
  ];
}

/** The keys with their types, and the time. */
function columnsOf(tables: readonly Table[], { source, keys, every }: Rollup): readonly string[] {
  const columns = tables.find(({ id }) => id === source)?.columns ?? [];
  return [
    ...columns
      .filter(({ name }) => keys.includes(name))
      .map(({ name, type }) => `${quoteName(name)} ${typeSql(type)} not null`),
    `${quoteName(every)} timestamptz not null`,
  ];
}

const typeSql = (type: ColumnType): string =>
  type.kind === 'text' && type.collation !== undefined
    ? `text collate ${quoteName(type.collation)}`
    : sqlType(type);

/** Closed for all roles but its owner. The key is a replica identity, which publications need. */
function marks(id: string, columns: readonly string[]): CompanionObject {
  const table = marksOf(id);
  return {
    key: `marks ${table} (${columns.join(', ')})`,
    create: `create table if not exists ${table} (
  "mark_id" bigint generated always as identity primary key,
  ${columns.join(',\n  ')},
  "mark_removed" boolean not null
);
--> statement-breakpoint
alter table ${table} enable row level security;`,
    drop: `drop table if exists ${table};`,
  };
}

/** Postgres allows transition tables only in a trigger for a single event. */
const EVENTS = {
  insert: 'new table as new_rows',
  update: 'old table as old_rows new table as new_rows',
  delete: 'old table as old_rows',
} as const;

function triggers(id: string, { source }: Rollup): readonly CompanionObject[] {
  const on = quoteTable(source);
  return Object.entries(EVENTS).map(([event, rows]) => {
    const name = quoteName(`rollup_${id}_${event}`);
    return {
      key: `trigger ${on} ${name}`,
      create: `create or replace trigger ${name} after ${event} on ${on}
referencing ${rows} for each statement execute function ${quoteName(ROLLUP_SCHEMA, `mark_${id}`)}();`,
      drop: `drop trigger if exists ${name} on ${on};`,
      on,
    };
  });
}
