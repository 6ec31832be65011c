import { quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Row } from '../../rows/row.ts';
import type { Lab } from './lab.ts';
import { insertSql, tableSql } from './row-sql.ts';
import { showOutcome, type Attempt, type Outcome } from './run-trials.ts';
import { subjects } from './subjects.ts';

/** A role that has every privilege on the table, and is not its owner. */
const STRANGER = quoteName('derived stranger');

/** Tries to change an append-only table as a role with every privilege. */
export function tryAppendOnly({ coverage }: Lab, table: Table, row: Row): readonly Attempt[] {
  if (!table.appendOnly) return [];
  const subject = subjects.appendOnly(table);
  const on = tableSql(table);
  const column = table.columns.find(({ generated }) => generated === undefined);
  const name = quoteName(column?.name ?? '');
  const judge =
    (statement: string) =>
    (outcome: Outcome): void => {
      if (outcome.error?.code === '42501' && outcome.error.message.endsWith('is append-only')) {
        coverage.tried(subject);
      } else coverage.failed(subject, `${statement} should be refused. ${showOutcome(outcome)}`);
    };
  const statements = [
    `update ${on} set ${name} = ${name}`,
    `delete from ${on}`,
    `truncate ${on} cascade`,
  ];
  return statements.map((statement) => ({
    statements: [
      insertSql(table, row),
      `create role ${STRANGER}`,
      `grant usage on schema ${quoteName(schemaOf(table))} to ${STRANGER}`,
      `grant all on all tables in schema ${quoteName(schemaOf(table))} to ${STRANGER}`,
      `set local role ${STRANGER}`,
      statement,
    ],
    judge: judge(statement),
  }));
}
