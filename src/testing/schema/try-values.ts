import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { Row } from '../../rows/row.ts';
import type { HostileValue } from './hostile-values.ts';
import { databaseMessage, tryWrite, type WriteError } from './try-write.ts';
import type { ValidatorSubject, WriteKind } from './validator-subject.ts';

/** Values of one column. */
export interface ColumnValues {
  readonly column: Column;
  readonly values: readonly HostileValue[];
}

/** The write: an insert of a row like `base`, or an update of it. */
export interface WriteTrial {
  readonly base: Row;
  readonly kind: WriteKind;
}

type Change = readonly [column: Column, value: unknown];

/** Writes rows of accepted values: first the first value of each column, then the second, and so on. */
export async function tryAccepted(
  subject: ValidatorSubject,
  trial: WriteTrial,
  columns: readonly ColumnValues[],
): Promise<void> {
  const { coverage, model } = subject;
  const rounds = Math.max(0, ...columns.map(({ values }) => values.length));
  for (let round = 0; round < rounds; round += 1) {
    const changes = columns.flatMap(({ column, values }): readonly Change[] => {
      const found = values[round];
      return found ? [[column, found.value]] : [];
    });
    const error = await store(subject, trial, changes);
    if (error === undefined) {
      coverage.tried(`${trial.kind} validator ${model.id}`, changes.length);
    } else await nameRefused(subject, trial, changes);
  }
}

/** Finds the columns whose values Postgres refused. */
async function nameRefused(
  subject: ValidatorSubject,
  trial: WriteTrial,
  changes: readonly Change[],
): Promise<void> {
  const { coverage, model } = subject;
  const name = `${trial.kind} validator ${model.id}`;
  for (const change of changes) {
    const error = await store(subject, trial, [change]);
    if (error === undefined) {
      coverage.tried(name);
      continue;
    }
    const [column, value] = change;
    coverage.failed(`${name}.${column.name}`, `it accepts ${show(value)}; ${error}.`);
  }
}

/** Writes accepted values, and compares them with the stored row. Returns the failure, if any. */
async function store(
  subject: ValidatorSubject,
  { base, kind }: WriteTrial,
  changes: readonly Change[],
): Promise<string | undefined> {
  const { client, model, db, table, schemas, coverage } = subject;
  const change = Object.fromEntries(changes.map(([column, value]) => [column.key, value]));
  if (kind === 'update' && Object.values(change).every((value) => value === undefined)) {
    return undefined;
  }
  let rows: readonly Row[] = [];
  const error = await tryWrite(client, async () => {
    const written =
      kind === 'insert'
        ? db.insert(table).values({ ...base, ...change } as never)
        : db
            .update(table)
            .set(change as never)
            .where(sql`true`);
    rows = (await written.returning()) as readonly Row[];
  });
  if (error) {
    return isBeyondValidators(model, error)
      ? undefined
      : `Postgres refuses it: ${databaseMessage(error)}`;
  }
  const verdict = schemas.select.safeParse(rows[0]);
  if (!verdict.success) return `the select validator refuses it: ${verdict.error.message}`;
  if (!isDeepStrictEqual(verdict.data, rows[0])) return 'the select validator changes it';
  coverage.tried(`select validator ${model.id}`);
  return undefined;
}

/** Whether the constraint is a check in plain SQL, or on an identity column. */
const isBeyondValidators = ({ checks, columns }: Table, { constraint }: WriteError): boolean =>
  checks.some(({ name, constraint: kit }) => {
    const column = kit && columns.find((one) => one.name === kit.column);
    return name === constraint && (!column || column.generated === 'identity');
  });

/** Writes refused values one by one. Postgres must refuse each. */
export async function tryRefused(
  subject: ValidatorSubject,
  { base, kind }: WriteTrial,
  columns: readonly ColumnValues[],
): Promise<void> {
  const { client, coverage, model, db, table } = subject;
  const name = `${kind} validator ${model.id}`;
  for (const { column, values } of columns) {
    for (const { value } of values) {
      const change = { [column.key]: value };
      const error = await tryWrite(client, async () => {
        if (kind === 'insert') await db.insert(table).values({ ...base, ...change } as never);
        else await db.update(table).set(change as never);
      });
      if (error) {
        coverage.tried(name);
        continue;
      }
      coverage.failed(
        `${name}.${column.name}`,
        `it refuses ${show(value)}, which Postgres stores.`,
      );
      break;
    }
  }
}

function show(value: unknown): string {
  const text = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'undefined');
  return text.length > 60 ? `${text.slice(0, 50)}… (${text.length} characters)` : text;
}
