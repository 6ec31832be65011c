import { isDeepStrictEqual } from 'node:util';
import type { Column } from '../../model/column.ts';
import { withoutSelfReferences } from '../../rows/draw-row.ts';
import type { Row } from '../../rows/row.ts';
import { hostileValues, type HostileValue } from './hostile-values.ts';
import { insertSql } from './row-sql.ts';
import { tryRefused, tryAccepted, type ColumnValues } from './try-values.ts';
import { tryWrite } from './try-write.ts';
import type { ValidatorSubject, WriteKind } from './validator-subject.ts';

/** Updates differ from inserts only in keys and NULLs, so two values are enough. */
const REFUSED_VALUES = { insert: Infinity, update: 2 } as const;

/**
 * Compares the validators of a table with Postgres in both directions: Postgres must store
 * and return the values that they accept, and refuse the values that they refuse. The rows
 * that `drawn` references must exist.
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
  await tryAccepted(
    subject,
    { base, kind },
    judged.map(({ accepted }) => accepted),
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

/** Runs the validator on each hostile value of a column. */
function judgeValues(
  { model, schemas }: ValidatorSubject,
  base: Row,
  column: Column,
  kind: WriteKind,
): Record<'accepted' | 'refused', ColumnValues> {
  const isAccepted = ({ value }: HostileValue): boolean =>
    schemas[kind].safeParse({ ...(kind === 'insert' && base), [column.key]: value }).success;
  const values = Map.groupBy(hostileValues(model, column, base[column.key]), isAccepted);
  return {
    accepted: { column, values: values.get(true) ?? [] },
    refused: { column, values: values.get(false) ?? [] },
  };
}

const writtenColumns = ({ model }: ValidatorSubject): readonly Column[] =>
  model.columns.filter(({ generated }) => generated === undefined);

/** The row as Drizzle reads it, with the JavaScript values of custom types. */
async function readBase(subject: ValidatorSubject, row: Row): Promise<Row | undefined> {
  const { db, table, model, client, coverage } = subject;
  let found: Row | undefined;
  await tryWrite(client, async () => {
    await client.exec(insertSql(model, row));
    [found] = (await db.select().from(table)) as readonly Row[];
  });
  if (!found) {
    coverage.failed(`validators ${model.id}`, 'Drizzle could not read the row.');
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
    coverage.failed(name, `it refuses a row from the database: ${verdict.error.message}`);
  } else if (!isDeepStrictEqual(verdict.data, found)) {
    coverage.failed(name, 'it changes a row from the database.');
  } else coverage.tried(name);
}

/** Validators must refuse unknown columns, and the update validator must refuse the key. */
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
