import type { AST, CorrelatedSubquery } from '@rocicorp/zero';
import type { Answer } from '../../../src/testing/access/answer-reading.ts';
import {
  keyText,
  type Database,
  type Hop,
  type Reading,
  type Row,
  type WorldTable,
} from '../../../src/testing/access/world.ts';
import type { AccessRules, Claims } from '../../../src/model/rule.ts';

/** What answers readings for a principal, by rules that change from world to world. */
export interface ReadEnforcer {
  /** Puts these rows in the place of all others. */
  load(rows: Database): Promise<void>;
  answer(rules: AccessRules, claims: Claims, reading: Reading): Promise<Answer>;
  close(): Promise<void>;
}

/** A row with what came along, by the alias of the relationship. */
export interface Tree {
  readonly row: Row;
  readonly related: Readonly<Record<string, readonly Tree[]>>;
}

/** A reading as the query that Zero would build of it, in the server's names. */
export function readingAst(reading: Reading): AST {
  const { table, having, related } = reading;
  return {
    table,
    ...(having
      ? {
          where: {
            type: 'correlatedSubquery',
            op: 'EXISTS',
            related: hopQuery(conditionOf(having), 'zsubq_having'),
          },
        }
      : {}),
    ...(related ? { related: related.map((hop, at) => hopQuery(hop, aliasOf(at))) } : {}),
  };
}

/** Zero builds no query in which rows come along with a condition's. */
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

/** The keys at each hop, from the outside in, as the oracle lists them. */
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
