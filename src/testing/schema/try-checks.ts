import type { Check } from '../../model/check.ts';
import type { Column } from '../../model/column.ts';
import type { ColumnConstraint } from '../../model/constraint.ts';
import type { Table } from '../../model/table.ts';
import { columnNamed } from '../../rows/draw-row.ts';
import { edgeValues } from '../../rows/edge-values.ts';
import type { Row } from '../../rows/row.ts';
import { findRow } from './find-row.ts';
import type { Lab } from './lab.ts';
import { insertSql, updateSql } from './row-sql.ts';
import { showOutcome, type Attempt, type Outcome } from './run-trials.ts';
import { subjects } from './subjects.ts';

/** Tests values at the boundary of each check of the kit. */
export function tryKitChecks(lab: Lab, table: Table, row: Row): readonly Attempt[] {
  return table.checks.flatMap((check) => {
    const { constraint } = check;
    const column = constraint && columnNamed(table, constraint.column);
    return column ? tryEdges(lab, table, row, { check, column, constraint }) : [];
  });
}

interface Edge {
  readonly check: Check;
  readonly column: Column;
  readonly constraint: ColumnConstraint;
}

function tryEdges(
  { coverage }: Lab,
  table: Table,
  row: Row,
  { check, column, constraint }: Edge,
): readonly Attempt[] {
  const subject = subjects.check(table, check);
  const { allowed, forbidden } = edgeValues(table, column, constraint);
  const others = table.checks.filter(
    (other) => other !== check && other.constraint?.column === column.name,
  );
  const refused =
    (value: unknown) =>
    (outcome: Outcome): void => {
      const { error } = outcome;
      if (error?.code === '23514' && error.constraint === check.name) coverage.tried(subject);
      // Another check of the column with an earlier name may refuse the value first.
      else if (!others.some(({ name }) => name === error?.constraint)) {
        coverage.failed(subject, `${show(value)} should be refused. ${showOutcome(outcome)}`);
      }
    };
  // For a foreign key, other rows decide whether the value is accepted.
  const isFree = !table.foreignKeys.some(({ columns }) => columns.includes(column.name));
  if (forbidden.length === 0) coverage.untried(subject, 'its type has no forbidden values');
  return [
    ...forbidden.map((value) => ({
      statements: [insertSql(table, { ...row, [column.key]: value })],
      judge: refused(value),
    })),
    ...(isChangeable(column) ? forbidden.slice(0, 2) : []).map((value) => ({
      statements: [insertSql(table, row), updateSql(table, row, { [column.key]: value })],
      judge: refused(value),
    })),
    ...(isFree ? allowed : []).map((value) => ({
      statements: [insertSql(table, { ...row, [column.key]: value })],
      judge: (outcome: Outcome) => {
        const { error } = outcome;
        const raw = table.checks.some(
          ({ name, constraint: kit }) => name === error?.constraint && !kit,
        );
        if (!error || raw) coverage.tried(subject);
        else coverage.failed(subject, `${show(value)} should be accepted. ${showOutcome(outcome)}`);
      },
    })),
  ];
}

/** Whether an UPDATE can set the column. */
const isChangeable = ({ identity }: Column): boolean => identity?.mode !== 'always';

/** Searches for a row that only this check refuses, for each check in plain SQL. */
export async function tryRawChecks(lab: Lab, table: Table, row: Row): Promise<void> {
  for (const check of table.checks) {
    if (check.constraint && columnNamed(table, check.constraint.column)) continue;
    const subject = subjects.check(table, check);
    if (check.notEnforced) {
      lab.coverage.untried(subject, 'it is NOT ENFORCED');
      continue;
    }
    const found = await findRow(lab, {
      table,
      from: row,
      sql: check.sql,
      trial: (candidate) => ({ statements: [insertSql(table, candidate)] }),
      isFound: ({ error }) => error?.code === '23514' && error.constraint === check.name,
    });
    if (found) lab.coverage.tried(subject);
    else {
      lab.coverage.failed(
        subject,
        `no row was found that only ${check.sql} refuses.`,
        `if there is no such row, declare it: untried: { '${check.name}': 'the reason' }. Otherwise the check in the migrations is missing or weaker.`,
      );
    }
  }
}

function show(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 50)}… (${String(value).length} characters)` : text;
}
