import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import type { Row } from '../../rows/row.ts';
import { insertSchema, selectSchema, updateSchema } from '../../zod/table-schemas.ts';
import { hostileValues, type HostileValue } from './hostile-values.ts';
import type { Lab } from './lab.ts';
import { insertSql } from './row-sql.ts';
import { databaseMessage, tryWrite } from './try-write.ts';

export interface ValidatorSubject {
  readonly lab: Lab;
  readonly db: AnyDatabase;
  /** The table as Drizzle has it. */
  readonly table: PgTable;
  readonly model: Table;
}

type Verdicts = readonly (readonly [column: Column, values: readonly HostileValue[]])[];

/**
 * Holds the validators of a table against Postgres, in both directions: what they take it
 * stores and gives back, what they refuse it refuses. The rows that a row points at are there.
 */
export async function compareValidators(subject: ValidatorSubject, row: Row): Promise<void> {
  const { model, lab } = subject;
  const base = await readBase(subject, row);
  if (!base) return;
  const columns = model.columns.filter(({ generated }) => generated === undefined);
  const key = model.primaryKey?.columns ?? [];
  const judged = (schema: ReturnType<typeof schemasOf>['insert'], whole: boolean) =>
    columns
      .filter(({ name }) => whole || !key.includes(name))
      .map((column) => {
        const values = hostileValues(model, column, base[column.key]);
        const taken = ({ value }: HostileValue): boolean =>
          schema.safeParse(whole ? { ...base, [column.key]: value } : { [column.key]: value })
            .success;
        return {
          column,
          taken: values.filter(taken),
          refused: values.filter((one) => !taken(one)),
        };
      });
  const schemas = schemasOf(subject);
  const inserts = judged(schemas.insert, true);
  await tryTaken(
    subject,
    base,
    inserts.map(({ column, taken }) => [column, taken] as const),
  );
  await tryRefused(
    subject,
    base,
    inserts.map(({ column, refused }) => [column, refused] as const),
    Infinity,
  );
  await lab.client.exec(insertSql(model, row));
  const updates = judged(schemas.update, false);
  await tryTaken(
    subject,
    base,
    updates.map(({ column, taken }) => [column, taken] as const),
    'update',
  );
  await tryRefused(
    subject,
    base,
    updates.map(({ column, refused }) => [column, refused] as const),
    2,
    'update',
  );
  tellShape(subject, base);
}

type Kind = 'insert' | 'update';

const schemasOf = ({ table }: ValidatorSubject) => ({
  insert: insertSchema(table),
  update: updateSchema(table),
  select: selectSchema(table),
});

/** The row as Drizzle reads it: what a custom type maps has its JavaScript value then. */
async function readBase(subject: ValidatorSubject, row: Row): Promise<Row | undefined> {
  const { db, table, model, lab } = subject;
  let found: Row | undefined;
  await tryWrite(lab.client, async () => {
    await lab.client.exec(insertSql(model, row));
    [found] = (await db.select().from(table)) as readonly Row[];
    throw new Error('undone');
  });
  if (!found) {
    lab.coverage.failed(`validators ${model.id}`, 'its row could not be read through Drizzle.');
    return undefined;
  }
  tellSelected(subject, found);
  const written = model.columns.filter(({ generated }) => generated === undefined);
  return Object.fromEntries(written.map(({ key }) => [key, found?.[key]]));
}

function tellSelected(subject: ValidatorSubject, found: Row): void {
  const { lab, model } = subject;
  const verdict = schemasOf(subject).select.safeParse(found);
  const name = `select validator ${model.id}`;
  if (!verdict.success)
    lab.coverage.failed(name, `it refuses a row as it is read: ${verdict.error.message}`);
  else if (!isDeepStrictEqual(verdict.data, found))
    lab.coverage.failed(name, 'it changes a row as it is read.');
  else lab.coverage.tried(name);
}

/** Rows of what is taken: the first value of each column, then the second, and so on. */
async function tryTaken(
  subject: ValidatorSubject,
  base: Row,
  verdicts: Verdicts,
  kind: Kind = 'insert',
): Promise<void> {
  const { lab, model } = subject;
  const name = `${kind} validator ${model.id}`;
  const rounds = Math.max(0, ...verdicts.map(([, values]) => values.length));
  for (let round = 0; round < rounds; round += 1) {
    const changes = verdicts.flatMap(([column, values]) => {
      const [value] = values.length > round ? [values[round]?.value] : [undefined];
      return values.length > round ? [[column, value] as const] : [];
    });
    const error = await storing(subject, base, changes, kind);
    if (!error) lab.coverage.tried(name, changes.length);
    else await nameRefused(subject, base, changes, kind);
  }
}

/** Finds the column whose value was refused. */
async function nameRefused(
  subject: ValidatorSubject,
  base: Row,
  changes: readonly (readonly [Column, unknown])[],
  kind: Kind,
): Promise<void> {
  const { lab, model } = subject;
  for (const change of changes) {
    const error = await storing(subject, base, [change], kind);
    if (error) {
      const [column, value] = change;
      lab.coverage.failed(
        `${kind} validator ${model.id}.${column.name}`,
        `it takes ${show(value)}, which Postgres refuses: ${error}`,
      );
    } else lab.coverage.tried(`${kind} validator ${model.id}`);
  }
}

/** Writes a row that is taken, and looks at what comes back; the message where something fails. */
async function storing(
  subject: ValidatorSubject,
  base: Row,
  changes: readonly (readonly [Column, unknown])[],
  kind: Kind,
): Promise<string | undefined> {
  const { lab, model, db, table } = subject;
  const change = Object.fromEntries(changes.map(([column, value]) => [column.key, value]));
  const written = kind === 'insert' ? { ...base, ...change } : change;
  if (kind === 'update' && Object.values(change).every((value) => value === undefined))
    return undefined;
  const error = await tryWrite(lab.client, async () => {
    const rows =
      kind === 'insert'
        ? await db
            .insert(table)
            .values(written as never)
            .returning()
        : await db
            .update(table)
            .set(written as never)
            .where(sql`true`)
            .returning();
    tellSelected(subject, (rows as readonly Row[])[0] ?? {});
    throw new Error('undone');
  });
  const isRaw = model.checks.some(
    ({ name, constraint }) => !constraint && name === error?.constraint,
  );
  return error === undefined || error.message === 'undone' || isRaw
    ? undefined
    : databaseMessage(error);
}

async function tryRefused(
  subject: ValidatorSubject,
  base: Row,
  verdicts: Verdicts,
  most: number,
  kind: Kind = 'insert',
): Promise<void> {
  const { lab, model, db, table } = subject;
  for (const [column, values] of verdicts) {
    for (const { value, narrower } of values.slice(0, most)) {
      if (narrower) continue;
      const change = { [column.key]: value };
      const error = await tryWrite(lab.client, async () => {
        if (kind === 'insert') await db.insert(table).values({ ...base, ...change } as never);
        else await db.update(table).set(change as never);
      });
      if (error) lab.coverage.tried(`${kind} validator ${model.id}`);
      else {
        lab.coverage.failed(
          `${kind} validator ${model.id}.${column.name}`,
          `it refuses ${show(value)}, which Postgres stores.`,
        );
        return;
      }
    }
  }
}

/** No validator takes a column that is not there, and no update a key. */
function tellShape(subject: ValidatorSubject, base: Row): void {
  const { lab, model } = subject;
  for (const [kind, schema] of Object.entries(schemasOf(subject))) {
    const name = `${kind} validator ${model.id}`;
    if (schema.safeParse({ ...base, nonsense: 1 }).success) {
      lab.coverage.failed(name, 'it takes a column that the table does not have.');
    }
  }
  const key = model.columns.find(({ name }) => model.primaryKey?.columns[0] === name);
  if (key && schemasOf(subject).update.safeParse({ [key.key]: base[key.key] }).success) {
    lab.coverage.failed(`update validator ${model.id}`, 'it takes the key.');
  }
}

function show(value: unknown): string {
  const text = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'undefined');
  return text.length > 60 ? `${text.slice(0, 50)}… (${text.length} characters)` : text;
}
