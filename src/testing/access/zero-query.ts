import type { AST, Condition, CorrelatedSubquery } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { Answer } from './answer-reading.ts';
import { filterCondition } from './filter.ts';
import { keyText, type Hop, type Reading, type Row, type WorldTable } from './world.ts';

/** A row with its related rows, by the alias of the relationship. */
export interface Tree {
  readonly row: Row;
  readonly related: Readonly<Record<string, readonly Tree[]>>;
}

/** A reading as the AST that Zero would build, with server names. `key`: of its table. */
export function readingAst(reading: Reading, key: readonly string[] = []): AST {
  const { table, having, related, filter, page } = reading;
  const conditions: readonly Condition[] = [
    ...(having
      ? [
          {
            type: 'correlatedSubquery',
            op: 'EXISTS',
            related: hopQuery(conditionOf(having), 'zsubq_having'),
          } as const,
        ]
      : []),
    ...(filter ? [filterCondition(filter)] : []),
  ];
  const [first, ...others] = conditions;
  return {
    table,
    ...(first && { where: others.length > 0 ? { type: 'and', conditions } : first }),
    ...(related ? { related: related.map((hop, at) => hopQuery(hop, aliasOf(at))) } : {}),
    ...(page && {
      limit: page.limit,
      orderBy: key.map((column) => [column, page.direction] as const),
      ...(page.after && { start: { row: page.after, exclusive: true } }),
    }),
  };
}

/** Zero does not build conditions with related rows. */
const conditionOf = ({ table, on, having }: Hop): Hop => ({
  table,
  on,
  ...(having ? { having } : {}),
});

const aliasOf = (at: number): string => `along${at}`;

function hopQuery(hop: Hop, alias: string): CorrelatedSubquery {
  return {
    system: 'client',
    correlation: {
      parentField: columns(hop.on.map(({ own }) => own)),
      childField: columns(hop.on.map(({ other }) => other)),
    },
    subquery: { ...readingAst(hop), alias },
  };
}

function columns(names: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = names;
  if (first === undefined) throw new TypeError('a hop joins no columns');
  return [first, ...rest];
}

/** The keys at each hop, from the outside in, in the oracle's format. */
export function answerOf(
  tables: ReadonlyMap<string, WorldTable>,
  reading: Reading,
  trees: readonly Tree[],
): Answer {
  const table = tables.get(reading.table);
  if (!table) throw new TypeError(`no table "${reading.table}"`);
  const keys = new Set(trees.map(({ row }) => keyText(table, row)));
  return [
    [...keys].sort(),
    ...(reading.related ?? []).flatMap((hop, at) =>
      answerOf(
        tables,
        hop,
        trees.flatMap(({ related }) => related[aliasOf(at)] ?? []),
      ),
    ),
  ];
}

export const byName = (tables: readonly WorldTable[]): ReadonlyMap<string, WorldTable> =>
  new Map(tables.map((table) => [table.table, table]));

type Format = Parameters<DBTransaction<unknown>['runQuery']>[1];

/** The result format that Zero needs for a reading. */
export const formatOf = (reading: Reading): Format => ({
  singular: false,
  relationships: Object.fromEntries(
    (reading.related ?? []).map((hop, at) => [aliasOf(at), formatOf(hop)]),
  ),
});

/** Converts Zero's nested rows to trees. */
export function toTrees(rows: unknown): readonly Tree[] {
  return (rows as readonly Row[]).map((row) => {
    const cells = Object.entries(row);
    return {
      row: Object.fromEntries(cells.filter(([, value]) => !Array.isArray(value))),
      related: Object.fromEntries(
        cells.flatMap(([name, value]) => (Array.isArray(value) ? [[name, toTrees(value)]] : [])),
      ),
    };
  });
}
