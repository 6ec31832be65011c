import { isDeepStrictEqual } from 'node:util';
import type { Column } from '../../model/column.ts';
import { withoutSelfReferences } from '../../rows/draw-row.ts';
import type { Row } from '../../rows/row.ts';
import { hostileValues, type HostileValue } from './hostile-values.ts';
import { insertSql } from './row-sql.ts';
import { tryRefused, tryTaken, type ColumnValues } from './try-values.ts';
import { tryWrite } from './try-write.ts';
import type { ValidatorSubject, WriteKind } from './validator-subject.ts';

/** An update differs from an insert by its keys and its NULLs alone: two values show that. */
const REFUSED_VALUES = { insert: Infinity, update: 2 } as const;

/**
 * Compares the validators of a table with Postgres in both directions: Postgres stores what
 * they accept and gives it back, and refuses what they refuse. The rows that the row points
 * at must be there.
 */
export async function compareValidators(subject: ValidatorSubject, drawn: Row): Promise<void> {
  const { model, client } = subject;
  const row = withoutSelfReferences(model, drawn);
  const base = await readBase(subject, row);
  if (!base) return;
  await compareWrites(subject, base, 'insert');
  await client.exec(insertSql(model, row));
  await compareWrites(subject, base, 'update');
  compareShape(subject, base);
}

async function compareWrites(subject: ValidatorSubject, base: Row, kind: WriteKind): Promise<void> {
  const key = subject.model.primaryKey?.columns ?? [];
  const judged = writtenColumns(subject)
    .filter(({ name }) => kind === 'insert' || !key.includes(name))
    .map((column) => judgeValues(subject, base, column, kind));
  await tryTaken(
    subject,
    { base, kind },
    judged.map(({ taken }) => taken),
  );
  await tryRefused(
    subject,
    { base, kind },
    judged.map(({ refused: { column, values } }) => ({
      column,
      values: values.slice(0, REFUSED_VALUES[kind]).filter(({ narrower }) => !narrower),
    })),
  );
}

/** Asks the validator about each hostile value of a column. */
function judgeValues(
  { model, schemas }: ValidatorSubject,
  base: Row,
  column: Column,
  kind: WriteKind,
): Record<'taken' | 'refused', ColumnValues> {
  const isTaken = ({ value }: HostileValue): boolean =>
    schemas[kind].safeParse({ ...(kind === 'insert' && base), [column.key]: value }).success;
  const values = Map.groupBy(hostileValues(model, column, base[column.key]), isTaken);
  return {
    taken: { column, values: values.get(true) ?? [] },
    refused: { column, values: values.get(false) ?? [] },
  };
}

const writtenColumns = ({ model }: ValidatorSubject): readonly Column[] =>
  model.columns.filter(({ generated }) => generated === undefined);

/** The row as Drizzle reads it: a column of a custom type has its JavaScript value there. */
async function readBase(subject: ValidatorSubject, row: Row): Promise<Row | undefined> {
  const { db, table, model, client, coverage } = subject;
  let found: Row | undefined;
  await tryWrite(client, async () => {
    await client.exec(insertSql(model, row));
    [found] = (await db.select().from(table)) as readonly Row[];
  });
  if (!found) {
    coverage.failed(`validators ${model.id}`, 'Drizzle could not read its row.');
    return undefined;
  }
  compareSelected(subject, found);
  const read = found;
  return Object.fromEntries(writtenColumns(subject).map(({ key }) => [key, read[key]]));
}

function compareSelected({ coverage, model, schemas }: ValidatorSubject, found: Row): void {
  const verdict = schemas.select.safeParse(found);
  const name = `select validator ${model.id}`;
  if (!verdict.success) {
    coverage.failed(name, `it refuses a row as it is read: ${verdict.error.message}`);
  } else if (!isDeepStrictEqual(verdict.data, found)) {
    coverage.failed(name, 'it changes a row as it is read.');
  } else coverage.tried(name);
}

/** No validator accepts a column that the table does not have, and no update a key. */
function compareShape({ coverage, model, schemas }: ValidatorSubject, base: Row): void {
  for (const [kind, schema] of Object.entries(schemas)) {
    if (!schema.safeParse({ ...base, nonsense: 1 }).success) continue;
    coverage.failed(`${kind} validator ${model.id}`, 'it accepts a column that does not exist.');
  }
  const key = model.columns.find(({ name }) => model.primaryKey?.columns[0] === name);
  if (key && schemas.update.safeParse({ [key.key]: base[key.key] }).success) {
    coverage.failed(`update validator ${model.id}`, 'it accepts the key.');
  }
}
