import type { Column } from '../../../model/column.ts';
import type { ForeignKey } from '../../../model/foreign-key.ts';
import type { Scalar } from '../../../model/rule.ts';
import type { Table } from '../../../model/table.ts';
import { predicate } from '../../../model/values/predicate.ts';
import { constraintsOf } from '../../../rows/column-constraints.ts';
import { drawColumn } from '../../../rows/draw-row.ts';
import type { Value } from '../world.ts';
import { partsOfVersion, type RulesVersion } from './rules-version.ts';

/** A table whose rows a scene may hold. */
export interface SceneTable {
  readonly id: string;
  readonly columns: Readonly<Record<string, SceneColumn>>;
  /** The same columns as a list. */
  readonly list: readonly (readonly [name: string, column: SceneColumn])[];
  /** The columns of type uuid. */
  readonly uuids: readonly string[];
  /** The columns that are unique alone. */
  readonly identifying: ReadonlySet<string>;
  readonly key: readonly string[];
  /** Columns whose values together are unique, beginning with the key. */
  readonly uniques: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
}

interface SceneColumn {
  /** `other` if no rule can test the column. */
  readonly type: Scalar | 'other';
  readonly nullable: boolean;
  /** Values that the column may have, except NULL; the simplest first. */
  readonly values: readonly Value[];
  /** Whether the constraints of the column allow a value. */
  holds(value: Value): boolean;
  /** A value that no earlier row has, if the constraints allow it. */
  fresh(count: number): Value;
}

export type SceneTables = Readonly<Record<string, SceneTable>>;

/** The tables of a version. Its rows also have the columns that only the other version has. */
export function sceneTables(version: RulesVersion, other: RulesVersion): SceneTables {
  const literals = literalsOf([version, other]);
  return Object.fromEntries(
    version.tables.map((table): [string, SceneTable] => [
      table.id,
      sceneTable(table, version, other, literals),
    ]),
  );
}

type Literals = ReadonlyMap<string, ReadonlySet<Value>>;

function sceneTable(
  table: Table,
  version: RulesVersion,
  other: RulesVersion,
  literals: Literals,
): SceneTable {
  const types = version.rules.tables[table.id]?.columns ?? {};
  const gone = Object.keys(other.rules.tables[table.id]?.columns ?? {}).filter(
    (name) => !table.columns.some((column) => column.name === name),
  );
  const columns = table.columns.map((column): [string, SceneColumn] => [
    column.name,
    sceneColumn(table, column, {
      type: types[column.name] ?? scalarOf(column),
      literals: literals.get(`${table.id} ${column.name}`) ?? new Set(),
    }),
  ]);
  const list = [...columns, ...gone.map((name) => [name, ABSENT] as const)];
  const key = table.primaryKey?.columns ?? version.rules.tables[table.id]?.key ?? [];
  const uniques = [key, ...uniquesOf(table)].filter((names) => names.length > 0);
  return {
    id: table.id,
    key,
    list,
    columns: Object.fromEntries(list),
    uuids: list.flatMap(([name, { type }]) => (type === 'uuid' ? [name] : [])),
    uniques,
    identifying: new Set(uniques.flatMap((names) => (names.length === 1 ? names : []))),
    foreignKeys: table.foreignKeys.filter(({ notEnforced }) => !notEnforced),
  };
}

/** The unique constraints and whole unique indexes of a table. */
const uniquesOf = ({ uniques, indexes }: Table): readonly (readonly string[])[] => [
  ...uniques.map((unique) => unique.columns),
  ...indexes.flatMap(({ unique, where, columns: keys }) => {
    const names = keys.flatMap((one) => ('column' in one ? [one.column] : []));
    return unique && where === undefined && names.length === keys.length ? [names] : [];
  }),
];

/** A column that this version does not have. */
const ABSENT: SceneColumn = {
  type: 'other',
  nullable: true,
  values: [],
  holds: (value) => value === null,
  fresh: () => null,
};

function sceneColumn(
  table: Table,
  column: Column,
  { type, literals }: { readonly type: Scalar | 'other'; readonly literals: ReadonlySet<Value> },
): SceneColumn {
  const constraints = constraintsOf(table, column).map((one) => predicate(one));
  const labels = column.type.kind === 'enum' ? column.type.values : undefined;
  const holds = (value: Value): boolean =>
    value === null
      ? !column.notNull
      : (labels?.includes(String(value)) ?? true) &&
        (type === 'other' || constraints.every((rule) => rule(value)));
  const drawn = (row: number): Value =>
    type === 'other'
      ? `value ${row + 1}`
      : (toValue(drawColumn(table, column, { seed: 1, row })) ?? `value ${row + 1}`);
  const listed = constraintsOf(table, column).flatMap((one) =>
    one.kind === 'oneOf' ? one.values : [],
  );
  const near = [...literals].flatMap((literal) => neighbours(literal, type));
  const plain = type === 'uuid' ? [] : [drawn(0), drawn(1), ...(PLAIN[type] ?? [])];
  const all = [...literals, ...near, ...(labels ?? []), ...listed, ...plain];
  return {
    type,
    nullable: !column.notNull,
    values: [...new Set(all)].filter((value) => value !== null && holds(value)),
    holds,
    fresh: drawn,
  };
}

const PLAIN: Readonly<Partial<Record<Scalar | 'other', readonly Value[]>>> = {
  boolean: [true, false],
  integer: [0, 1, 2],
  text: ['a', 'b'],
};

/** Values on both sides of a literal. */
function neighbours(literal: Value, type: Scalar | 'other'): readonly Value[] {
  if (type === 'integer') return [Number(literal) - 1, Number(literal) + 1];
  if (type === 'moment') return [Number(literal) - 1_000, Number(literal) + 1_000];
  return type === 'text' ? [`${literal}a`, String(literal).slice(0, -1)] : [];
}

function toValue(drawn: unknown): Value | undefined {
  if (drawn instanceof Date) return drawn.getTime();
  if (typeof drawn === 'bigint') return Number(drawn);
  const isValue = ['string', 'number', 'boolean'].includes(typeof drawn);
  return isValue ? (drawn as Value) : undefined;
}

/** The type of a column in a table without rules. */
function scalarOf({ type }: Column): Scalar | 'other' {
  switch (type.kind) {
    case 'uuid':
    case 'text':
    case 'boolean':
    case 'integer':
    case 'enum':
      return type.kind;
    case 'varchar':
      return 'text';
    case 'timestamp':
      return type.as === 'date' ? 'moment' : 'other';
    default:
      return 'other';
  }
}

/** The literals that rules compare each column with. */
function literalsOf(versions: readonly RulesVersion[]): Literals {
  const found = new Map<string, Set<Value>>();
  for (const version of versions) {
    for (const { table, rule } of partsOfVersion(version)) {
      if (rule.op !== 'compare' && rule.op !== 'in') continue;
      const at = `${table} ${rule.column}`;
      const own = found.get(at) ?? new Set();
      found.set(at, own);
      if (rule.op === 'compare' && 'literal' in rule.value) own.add(rule.value.literal);
      if (rule.op === 'in' && 'literals' in rule.values) {
        for (const literal of rule.values.literals) own.add(literal);
      }
    }
  }
  return found;
}
