import { quoteName } from '../../model/quote-sql.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { keepSelfReferences } from '../../rows/draw-row.ts';
import { columnsIn } from '../../rows/read-sql.ts';
import type { Row } from '../../rows/row.ts';
import { findRow } from './find-row.ts';
import { tryAll, type Lab } from './lab.ts';
import { insertSql, rowCondition, tableSql } from './row-sql.ts';
import { showOutcome, type Outcome } from './run-trials.ts';
import { subjects } from './subjects.ts';
import { isUnwritable, uniqueKeysOf, type UniqueKey } from './unique-keys.ts';

/** Two rows that differ in every key. */
interface Pair {
  readonly first: Row;
  readonly second: Row;
}

/** Tests duplicates of each key, and rows that differ in only one of its columns. */
export async function tryKeys(lab: Lab, table: Table, pair: Pair): Promise<void> {
  const keys = uniqueKeysOf(table);
  for (const key of keys) {
    const { first, second } = pair;
    const inside = await within(lab, table, { key, from: first, inside: true });
    if (!inside) {
      lab.coverage.failed(
        subjects.key(table, key),
        `no row was found that satisfies ${key.where}.`,
        `provide one: samples: { ${table.exportName}: { … } }.`,
      );
      continue;
    }
    const own = { key, first: inside, second };
    if (!(await tryDuplicate(lab, table, keys, own))) continue;
    await tryDifferences(lab, table, own);
    await tryNulls(lab, table, own);
    await tryOutside(lab, table, own);
  }
}

interface KeyPair extends Pair {
  readonly key: UniqueKey;
}

/** The row, changed so that it satisfies a partial key's condition, or does not. */
async function within(
  lab: Lab,
  table: Table,
  {
    key: { where },
    from,
    inside: wanted,
  }: { readonly key: UniqueKey; readonly from: Row; readonly inside: boolean },
): Promise<Row | undefined> {
  if (where === undefined) return wanted ? from : undefined;
  return findRow(lab, {
    table,
    from,
    sql: where,
    trial: (row) => ({
      statements: [insertSql(table, row)],
      question: `select to_jsonb((${where}) is true) from ${tableSql(table)} where ${rowCondition(table, row)}`,
    }),
    isFound: ({ answer }) => answer === wanted,
  });
}

const values = (row: Row, columns: readonly Column[]): Row =>
  Object.fromEntries(columns.map(({ key }) => [key, row[key]]));

const twinOf = (table: Table, row: Row, changes: Row): Row =>
  keepSelfReferences(table, row, { ...row, ...changes });

const pairOf = (table: Table, one: Row, other: Row) => ({
  statements: [insertSql(table, one), insertSql(table, other)],
});

/** Tests a duplicate. Returns whether that was possible. */
async function tryDuplicate(
  lab: Lab,
  table: Table,
  keys: readonly UniqueKey[],
  { key, first, second }: KeyPair,
): Promise<boolean> {
  const { coverage } = lab;
  const subject = subjects.key(table, key);
  const condition = key.where === undefined ? [] : columnsIn(key.where, table);
  if (isUnwritable(key)) {
    coverage.untried(subject, 'only the database fills its columns');
    return false;
  }
  const twin = twinOf(table, second, values(first, [...key.columns, ...condition]));
  const [outcome = {}] = await tryAll(lab, [pairOf(table, first, twin)]);
  const { error } = outcome;
  const other = keys.find(({ name }) => name === error?.constraint);
  if (error?.code === '23505' && other && other !== key) {
    coverage.untried(subject, `${other.name} refuses every duplicate first`);
    return false;
  }
  if (error?.code === '23505' && error.constraint === key.name) coverage.tried(subject);
  else {
    const columns = key.columns.map(({ name }) => name).join(', ');
    coverage.failed(
      subject,
      `a second row with the same ${columns} should be refused. ${showOutcome(outcome)}`,
    );
  }
  return true;
}

async function tryDifferences(
  lab: Lab,
  table: Table,
  { key, first, second }: KeyPair,
): Promise<void> {
  const differing = key.columns.filter(
    (column) => JSON.stringify([first[column.key]]) !== JSON.stringify([second[column.key]]),
  );
  if (key.columns.length < 2) return;
  const trials = differing.map((column) => {
    const others = key.columns.filter((other) => other !== column);
    return pairOf(table, first, twinOf(table, second, values(first, others)));
  });
  const outcomes = await tryAll(lab, trials);
  outcomes.forEach((outcome, at) => {
    const name = differing[at]?.name ?? '';
    judgeAccepted(lab, subjects.key(table, key), key, {
      outcome,
      what: `two rows that differ in ${name}`,
    });
  });
}

/** Only a violation of this key counts as a failure. */
function judgeAccepted(
  { coverage }: Lab,
  subject: string,
  key: UniqueKey,
  { outcome, what }: { readonly outcome: Outcome; readonly what: string },
): void {
  if (!outcome.error) coverage.tried(subject);
  else if (outcome.error.constraint === key.name) {
    coverage.failed(subject, `${what} should be accepted. ${showOutcome(outcome)}`);
  }
}

async function tryNulls(lab: Lab, table: Table, { key, first, second }: KeyPair): Promise<void> {
  const { coverage } = lab;
  const nullable = key.columns.filter(({ notNull, name }) => {
    return !notNull && key.kind !== 'primary key' && !key.where?.includes(quoteName(name));
  });
  const outcomes = await tryAll(
    lab,
    nullable.map(({ key: name }) => {
      const one = { ...first, [name]: null };
      return pairOf(table, one, twinOf(table, second, values(one, key.columns)));
    }),
  );
  outcomes.forEach((outcome, at) => {
    const name = nullable[at]?.name ?? '';
    const { error } = outcome;
    if (!key.nullsNotDistinct) {
      judgeAccepted(lab, subjects.key(table, key), key, {
        outcome,
        what: `two rows with NULL as ${name}`,
      });
    } else if (!error) {
      coverage.failed(
        subjects.key(table, key),
        `two rows with NULL as ${name} should be refused: NULLS NOT DISTINCT. ${showOutcome(outcome)}`,
      );
    }
  });
}

/** Tests a duplicate outside a partial key's condition. */
async function tryOutside(lab: Lab, table: Table, { key, first, second }: KeyPair): Promise<void> {
  if (key.where === undefined) return;
  const outside = await within(lab, table, { key, from: first, inside: false });
  if (!outside) return;
  const condition = columnsIn(key.where, table);
  const twin = twinOf(table, second, values(outside, [...key.columns, ...condition]));
  const [outcome = {}] = await tryAll(lab, [pairOf(table, outside, twin)]);
  judgeAccepted(lab, subjects.key(table, key), key, {
    outcome,
    what: `two rows outside ${key.where}`,
  });
}
