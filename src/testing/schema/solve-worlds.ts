import { isDeepStrictEqual } from 'node:util';
import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Table } from '../../model/table.ts';
import { drawRow, withoutSelfReferences } from '../../rows/draw-row.ts';
import { ancestorsOf } from '../../rows/insert-order.ts';
import type { Row } from '../../rows/row.ts';
import { findRow } from './find-row.ts';
import { tryAll, withRows, type Lab } from './lab.ts';
import { insertSql } from './row-sql.ts';
import { showOutcome, type Outcome } from './run-trials.ts';

/** Rows from the user for tables whose checks the search cannot satisfy, by export names. */
export type Samples = Readonly<Record<string, Row | readonly Row[]>>;

type Unsolved = Omit<Lab, 'worlds'>;

/** Maximum number of violated checks that a search resolves. */
const STEPS = 12;

/** Finds worlds. Reports each table without a valid row once. */
export async function solveWorlds(
  lab: Unsolved,
  count: number,
  samples: Samples,
): Promise<readonly ReadonlyMap<string, Row>[]> {
  const worlds = Array.from({ length: count }, () => new Map<string, Row>());
  await withRows(lab as Lab, [], async () => {
    for (const world of worlds.keys()) {
      for (const table of lab.order.tables) await solve(lab, table, { world, worlds, samples });
    }
  });
  return worlds;
}

interface Place {
  readonly world: number;
  readonly worlds: readonly Map<string, Row>[];
  readonly samples: Samples;
}

async function solve(lab: Unsolved, table: Table, place: Place): Promise<void> {
  const { coverage, order, seed } = lab;
  const { world, worlds, samples } = place;
  const rows = worlds[world] ?? new Map<string, Row>();
  const stuck = order.stuck.get(table.id);
  if (stuck) return coverage.failed(`rows ${table.id}`, cyclic(stuck), CYCLE_FIX);
  const missing = ancestorsOf(table, order).find(({ id }) => !rows.has(id));
  if (missing) {
    return coverage.failed(
      `rows ${table.id}`,
      `it needs a row of ${missing.id}, which has no valid row.`,
    );
  }
  const given = samples[table.exportName];
  const list = (given === undefined ? [] : [given].flat()) as readonly Row[];
  const draw = (row: number): Row =>
    drawRow(table, {
      seed,
      row,
      parents: rows,
      tables: order.tables,
      open: order.open.get(table.id) ?? [],
      sample: list[row % list.length],
    });
  const found = await satisfy(lab, table, {
    drawn: draw(world),
    unlike: [...worlds.keys()]
      .filter((other) => other !== world)
      .map((other) => worlds[other]?.get(table.id) ?? draw(other)),
  });
  if ('outcome' in found) {
    return coverage.failed(
      `rows ${table.id}`,
      `no valid row was found. ${showOutcome(found.outcome)}`,
      `provide a valid row: samples: { ${table.exportName}: { … } }.`,
    );
  }
  rows.set(table.id, found.row);
  await lab.client.exec(insertSql(table, found.row));
}

/** Changes a row until the database accepts it, one violated check at a time. */
async function satisfy(
  lab: Unsolved,
  table: Table,
  { drawn, unlike }: { readonly drawn: Row; readonly unlike: readonly Row[] },
): Promise<{ readonly row: Row } | { readonly outcome: Outcome }> {
  const trial = (row: Row) => ({ statements: [insertSql(table, row)] });
  const pointing = table.foreignKeys.flatMap(({ columns }) => columns);
  let row = drawn;
  for (let step = 0; step < STEPS; step += 1) {
    const [outcome = {}] = await tryAll(lab as Lab, [trial(row)]);
    if (!outcome.error) return { row };
    const violated = outcome.error.constraint;
    const check = table.checks.find(({ name }) => name === violated);
    if (!check) {
      // A trigger may refuse a row that references itself, as in a tree.
      const alone = withoutSelfReferences(table, row);
      if (isDeepStrictEqual(alone, row)) return { outcome };
      row = alone;
      continue;
    }
    const next = await findRow(lab, {
      table,
      from: row,
      sql: check.sql,
      keep: pointing,
      unlike,
      trial,
      // Postgres evaluates checks in name order, so a later failure means that this one passed.
      isFound: ({ error }) =>
        !error || (error.code === '23514' && byName(error.constraint, violated) > 0),
    });
    if (!next) return { outcome };
    row = next;
  }
  const [outcome = {}] = await tryAll(lab as Lab, [trial(row)]);
  return outcome.error ? { outcome } : { row };
}

const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const cyclic = (keys: readonly ForeignKey[]): string =>
  `no first row can be inserted: ${keys.map(({ name }) => name).join(', ')} is part of a cycle of foreign keys that are NOT NULL and not deferrable.`;

const CYCLE_FIX = 'make one of them nullable, or DEFERRABLE.';
