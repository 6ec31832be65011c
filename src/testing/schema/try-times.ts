import { quoteName } from '../../model/quote-sql.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { Row } from '../../rows/row.ts';
import type { Lab } from './lab.ts';
import { insertSql, rowCondition, tableSql, updateSql } from './row-sql.ts';
import { showOutcome, type Attempt, type Outcome } from './run-trials.ts';
import { softDeleteOf, subjects } from './subjects.ts';

const LONG_AGO = new Date('2020-01-02T03:04:05.678Z');
const LATER = new Date('2021-02-03T04:05:06.789Z');

/** Tests the triggers that set the time of the last change, and soft deletes. */
export function tryTimes(lab: Lab, table: Table, row: Row): readonly Attempt[] {
  const deleted = softDeleteOf(table);
  return [
    ...table.columns
      .filter(({ touched }) => touched)
      .flatMap((column) => tryTouch(lab, table, row, column)),
    ...(deleted ? trySoftDelete(lab, table, row, deleted) : []),
  ];
}

const momentOf = ({ type }: Column, date: Date): unknown =>
  type.kind === 'timestamp' && type.as === 'string' ? date.toISOString() : date;

function tryTouch({ coverage }: Lab, table: Table, row: Row, column: Column): readonly Attempt[] {
  const subject = subjects.touch(table, column);
  const name = quoteName(column.name);
  const own = { ...row, [column.key]: momentOf(column, LONG_AGO) };
  const other = table.columns.find(
    ({ key, touched, generated }) => key in row && !touched && generated === undefined,
  );
  const unchanged = other ? { [other.key]: row[other.key] } : {};
  const asked = (changes: Row, expected: string, message: string): Attempt => ({
    statements: [insertSql(table, own), updateSql(table, own, { ...unchanged, ...changes })],
    question: `select to_jsonb(coalesce(bool_and(${expected}), false)) from ${tableSql(table)} where ${rowCondition(table, own)}`,
    judge: (outcome) => {
      if (outcome.answer === true) coverage.tried(subject);
      else
        coverage.failed(subject, `${message} ${outcome.error ? showOutcome(outcome) : ''}`.trim());
    },
  });
  const isNow = `${name} > now() - interval '1 hour'`;
  return [
    ...(other ? [asked({}, isNow, 'an UPDATE that omits it should set it to now().')] : []),
    asked(
      { [column.key]: momentOf(column, LATER) },
      `${name} = '${LATER.toISOString()}'`,
      'an UPDATE that sets it should keep that value.',
    ),
    asked(
      { [column.key]: momentOf(column, LONG_AGO) },
      isNow,
      'an UPDATE that sets it to its old value should set it to now().',
    ),
  ];
}

function trySoftDelete(
  { coverage }: Lab,
  table: Table,
  row: Row,
  column: Column,
): readonly Attempt[] {
  const subject = subjects.softDelete(table);
  const alive = { ...row, [column.key]: null };
  const dead = { [column.key]: momentOf(column, LATER) };
  const isNull = `${quoteName(column.name)} is null`;
  const asked = (statements: readonly string[], expected: string, message: string): Attempt => ({
    statements: [insertSql(table, alive), ...statements],
    question: `select jsonb_build_object('rows', count(*), 'expected', coalesce(bool_and(${expected}), false))
      from ${tableSql(table)} where ${rowCondition(table, alive, [column.name])}`,
    judge: (outcome: Outcome) => {
      const left = outcome.answer as { rows: number; expected: boolean } | undefined;
      if (left?.rows === 1 && left.expected) coverage.tried(subject);
      else coverage.failed(subject, `${message} ${showOutcome(outcome)}`);
    },
  });
  const remove = updateSql(table, alive, dead);
  const restore = updateSql(table, alive, { [column.key]: null });
  return [
    asked([remove], `not (${isNull})`, 'the row should remain, with the time of deletion.'),
    asked([remove, restore], isNull, 'a row should be restored when the time is set to NULL.'),
  ];
}
