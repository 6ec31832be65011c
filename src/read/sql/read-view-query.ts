import type { ColumnRef, Node, RangeVar, SelectStmt } from 'libpg-query';
import type { ColumnSource, ViewColumn, ViewQuery } from '../../model/view-query.ts';
import { tableId } from '../../model/table-id.ts';
import type { ParseSql } from './open-parser.ts';
import { nodesIn } from './plain-tree.ts';
import { stringsIn } from './replayed.ts';
import { typeNameText } from './type-name.ts';

/** The columns of a relation, by its id; `undefined` for an unknown relation. */
export type ColumnsOf = (relation: string) => readonly string[] | undefined;

/** A relation in FROM, with the source of each of its columns. */
interface Source {
  readonly alias: string;
  readonly columns: ReadonlyMap<string, Partial<ViewColumn>>;
}

/** Reads the query of a view; `undefined` if it is not a SELECT. */
export function readViewQuery(
  sql: string,
  parse: ParseSql,
  columnsOf: ColumnsOf,
): ViewQuery | undefined {
  const [statement, ...others] = parse(sql) ?? [];
  if (statement === undefined || others.length > 0 || !('SelectStmt' in statement))
    return undefined;
  const select = statement.SelectStmt;
  const updates = updatedBy(select);
  return {
    columns: columnsIn(select, columnsOf, []),
    ...(updates !== undefined && columnsOf(updates) !== undefined && { updates }),
  };
}

function columnsIn(
  select: SelectStmt,
  columnsOf: ColumnsOf,
  outer: readonly Source[],
): readonly ViewColumn[] {
  const { op = 'SETOP_NONE', larg, withClause, fromClause = [], targetList = [] } = select;
  // A set operation has the names of its first query, but no column of a table.
  if (op !== 'SETOP_NONE') {
    return larg ? columnsIn(larg, columnsOf, outer).map(({ name }) => ({ name })) : [];
  }
  const known = [...outer];
  for (const each of withClause?.ctes ?? []) {
    if (!('CommonTableExpr' in each)) continue;
    const { ctename = '', ctequery } = each.CommonTableExpr;
    if (ctequery) known.push(subquery(ctename, ctequery, columnsOf, known));
  }
  const sources = fromClause.flatMap((item) => sourcesIn(item, columnsOf, known));
  return targetList.flatMap((target): readonly ViewColumn[] => {
    if (!('ResTarget' in target) || target.ResTarget.val === undefined) return [];
    const { name, val } = target.ResTarget;
    if ('ColumnRef' in val) return selected(val.ColumnRef, name, sources);
    if ('TypeCast' in val && val.TypeCast.typeName) {
      const type = { kind: 'other', sql: typeNameText(val.TypeCast.typeName) } as const;
      return [{ name: name ?? nameOf(val), type }];
    }
    const isCount = 'FuncCall' in val && stringsIn(val.FuncCall.funcname).at(-1) === 'count';
    return [
      {
        name: name ?? nameOf(val),
        ...(isCount && { type: { kind: 'integer', bits: 64, as: 'number' } as const }),
      },
    ];
  });
}

/** The columns of a reference: one, or all of `*` and `table.*`. */
function selected(
  { fields = [] }: ColumnRef,
  name: string | undefined,
  sources: readonly Source[],
): readonly ViewColumn[] {
  const parts = stringsIn(fields);
  if (fields.some((field) => 'A_Star' in field)) {
    const alias = parts.at(-1);
    return sources
      .filter((source) => alias === undefined || source.alias === alias)
      .flatMap(({ columns }) => [...columns].map(([column, rest]) => ({ name: column, ...rest })));
  }
  const [column = '', alias] = parts.toReversed();
  const source = sources.find(
    (one) => (alias === undefined || one.alias === alias) && one.columns.has(column),
  );
  return [{ ...source?.columns.get(column), name: name ?? column }];
}

function sourcesIn(item: Node, columnsOf: ColumnsOf, known: readonly Source[]): readonly Source[] {
  if ('JoinExpr' in item) {
    const { larg, rarg } = item.JoinExpr;
    return [larg, rarg].flatMap((side) => (side ? sourcesIn(side, columnsOf, known) : []));
  }
  if ('RangeSubselect' in item) {
    const { alias, subquery: query } = item.RangeSubselect;
    return query ? [subquery(alias?.aliasname ?? '', query, columnsOf, known)] : [];
  }
  if (!('RangeVar' in item)) return [];
  const { relname = '', schemaname, alias } = item.RangeVar;
  const named = schemaname === undefined && known.find((one) => one.alias === relname);
  if (named) return [{ ...named, alias: alias?.aliasname ?? relname }];
  const relation = relationOf(item.RangeVar);
  const columns = (columnsOf(relation) ?? []).map((column): [string, Partial<ViewColumn>] => {
    const from: ColumnSource = { relation, column };
    return [column, { from }];
  });
  return [{ alias: alias?.aliasname ?? relname, columns: new Map(columns) }];
}

function subquery(
  alias: string,
  query: Node,
  columnsOf: ColumnsOf,
  known: readonly Source[],
): Source {
  const columns = 'SelectStmt' in query ? columnsIn(query.SelectStmt, columnsOf, known) : [];
  return { alias, columns: new Map(columns.map(({ name, ...rest }) => [name, rest])) };
}

/** Postgres's name of a column without AS. */
function nameOf(value: Node): string {
  if ('FuncCall' in value) return stringsIn(value.FuncCall.funcname).at(-1) ?? '?column?';
  if ('TypeCast' in value && value.TypeCast.arg) {
    const { arg, typeName } = value.TypeCast;
    if ('ColumnRef' in arg) return stringsIn(arg.ColumnRef.fields).at(-1) ?? '?column?';
    const inner = nameOf(arg);
    return inner === '?column?' ? (stringsIn(typeName?.names).at(-1) ?? inner) : inner;
  }
  if ('CoalesceExpr' in value) return 'coalesce';
  return 'CaseExpr' in value ? 'case' : '?column?';
}

const AGGREGATES =
  /^(?:count|sum|avg|min|max|every|any_value|(?:bool|bit)_(?:and|or|xor)|(?:array|string|jsonb?|jsonb?_object|range|xml)(?:_intersect)?_?agg|unnest|generate_(?:series|subscripts)|.*_(?:elements|each|text)|regexp_(?:matches|split_to_table))$/;

/** The relation that an insert into the view reaches. */
function updatedBy(select: SelectStmt): string | undefined {
  const { op = 'SETOP_NONE', fromClause = [], targetList = [] } = select;
  const [only, ...others] = fromClause;
  if (op !== 'SETOP_NONE' || others.length > 0 || only === undefined) return undefined;
  const { distinctClause, groupClause, havingClause, limitCount, limitOffset, withClause } = select;
  const clauses = [distinctClause, groupClause, havingClause, limitCount, limitOffset, withClause];
  if (clauses.some((clause) => clause !== undefined) || !('RangeVar' in only)) return undefined;
  for (const { FuncCall: call } of nodesIn(targetList)) {
    const { funcname, over } = (call ?? {}) as { funcname?: readonly Node[]; over?: unknown };
    if (over !== undefined) return undefined;
    if (AGGREGATES.test(stringsIn(funcname ?? []).at(-1) ?? '')) return undefined;
  }
  return relationOf(only.RangeVar);
}

const relationOf = ({ schemaname, relname = '' }: RangeVar): string => tableId(schemaname, relname);
