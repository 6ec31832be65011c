import { quoteName } from '../../model/quote-sql.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { isWritten } from '../../rows/draw-row.ts';
import type { Row } from '../../rows/row.ts';
import type { Lab } from './lab.ts';
import { insertSql, rowCondition, tableSql, updateSql } from './row-sql.ts';
import { showOutcome, type Attempt, type Outcome } from './run-trials.ts';
import { isRequired, subjects } from './subjects.ts';

/** Tests NULL in each column, explicit and omitted, in an INSERT and in an UPDATE. */
export function tryColumns(lab: Lab, table: Table, row: Row): readonly Attempt[] {
  return table.columns
    .filter(isWritten)
    .flatMap((column) =>
      isRequired(table, column)
        ? required(lab, table, row, column)
        : optional(lab, table, row, column),
    );
}

function required({ coverage }: Lab, table: Table, row: Row, column: Column): readonly Attempt[] {
  const subject = subjects.notNull(table, column);
  const refused =
    (how: string) =>
    (outcome: Outcome): void => {
      const { error } = outcome;
      if (error?.code === '23502' && error.column === column.name) coverage.tried(subject);
      else coverage.failed(subject, `${how} should be refused. ${showOutcome(outcome)}`);
    };
  const without = omit(row, column);
  const withNull = { ...row, [column.key]: null };
  const insert = { statements: [insertSql(table, withNull)], judge: refused('NULL') };
  const update = {
    statements: [insertSql(table, row), updateSql(table, row, { [column.key]: null })],
    judge: refused('an UPDATE to NULL'),
  };
  const leftOut: Attempt = {
    statements: [insertSql(table, without)],
    judge:
      column.default === 'database' || column.generated === 'identity'
        ? (outcome) => {
            if (outcome.error?.code !== '23502') coverage.tried(subject);
            else coverage.failed(subject, `its default should fill it. ${showOutcome(outcome)}`);
          }
        : refused('a row without it'),
  };
  // An identity column gets no explicit value.
  return column.generated === 'identity' ? [leftOut] : [insert, update, leftOut];
}

function optional({ coverage }: Lab, table: Table, row: Row, column: Column): readonly Attempt[] {
  const subject = subjects.nullable(table, column);
  const keys = table.foreignKeys.filter(
    ({ columns, matchFull }) => matchFull && columns.includes(column.name),
  );
  const alongside = table.columns.filter(({ name }) =>
    keys.some(({ columns }) => columns.includes(name)),
  );
  const cleared = Object.fromEntries([column, ...alongside].map(({ key }) => [key, null]));
  const withNull = { ...row, ...cleared };
  const taken = (outcome: Outcome): void => {
    const { error } = outcome;
    const check = table.checks.find(({ name }) => name === error?.constraint);
    // A check over several columns may require a value here.
    if (error && !(check && check.constraint === undefined)) {
      coverage.failed(subject, `NULL should be accepted. ${showOutcome(outcome)}`);
    } else coverage.tried(subject);
  };
  const leftOut: Attempt = {
    statements: [insertSql(table, omit(withNull, column))],
    question: `select to_jsonb(bool_and(${quoteName(column.name)} is null)) from ${tableSql(table)}
      where ${rowCondition(table, withNull)}`,
    judge: (outcome) => {
      if (outcome.answer !== false) taken(outcome);
      else coverage.failed(subject, 'it should be NULL if a row omits it, but it has a default.');
    },
  };
  const insert = { statements: [insertSql(table, withNull)], judge: taken };
  return column.default === 'database' ? [insert] : [insert, leftOut];
}

const omit = (row: Row, { key }: Column): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
