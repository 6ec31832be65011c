import { aboutRelation, aboutTable } from '../../model/about.ts';
import type { Relation } from '../../model/schema.ts';
import { qualifiedName } from '../../model/table-id.ts';
import { primaryKeyOf, uniqueSetsOf } from '../../model/table-keys.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import type { Finding } from '../../report/problem.ts';
import type { Path } from './derive-paths.ts';
import { warning } from './finding.ts';
import { own } from './own.ts';
import type { Tables } from './plan-relations.ts';

/**
 * A table with the columns of a join table, but without a constraint that makes pairs
 * unique.
 */
type LooseJoin = readonly [one: Relation, other: Relation];

/**
 * Finds join tables without the constraint: tables with two `one` relations whose other
 * columns are only the primary key and columns with defaults.
 */
export function looseJoins(relations: readonly Relation[], tables: Tables): readonly LooseJoin[] {
  const ones = Map.groupBy(
    relations.filter(({ cardinality }) => cardinality === 'one'),
    ({ from }) => from,
  );
  return [...ones].flatMap(([from, [one, other, third]]): readonly LooseJoin[] => {
    const table = tables.get(from)?.source;
    if (!table || !one || !other || third) return [];
    const primaryKey = primaryKeyOf(table);
    const pair = new Set([...one.fields, ...other.fields]);
    const keys = [primaryKey, ...uniqueSetsOf(table)].filter(({ length }) => length > 0);
    const unlike = one.fields.every((field) => !other.fields.includes(field));
    const bare = table.columns.every(
      ({ key, default: filled }) =>
        pair.has(key) || primaryKey.includes(key) || filled !== undefined,
    );
    const limited = keys.some((key) => key.every((column) => pair.has(column)));
    return unlike && bare && !limited ? [[one, other]] : [];
  });
}

/** The names of the possible target tables. The settings use them to decline a path. */
export function looseNames(
  joins: readonly LooseJoin[],
  from: string,
  tables: Tables,
): readonly string[] {
  return joins
    .flatMap(([one, other]) => [
      [one.to, other.to],
      [other.to, one.to],
    ])
    .flatMap(([start, end = '']) => (start === from ? [tables.get(end)?.name ?? end] : []));
}

/**
 * Reports the missing constraint, unless the settings define or decline a path through the
 * table. Two keys to the same table, such as a sender and a recipient, are rarely a join
 * table, and often do not need unique pairs.
 */
export function reportLooseJoins(
  joins: readonly LooseJoin[],
  paths: readonly Path[],
  tables: Tables,
  choices: NonNullable<ZeroChoices['manyToMany']>,
): readonly Finding[] {
  const isSettled = (join: LooseJoin): boolean =>
    paths.some(({ many }) => many.to === join[0].from) ||
    join.some(({ to }) =>
      looseNames([join], to, tables).some((name) => own(own(choices, to), name) === false),
    );
  return joins
    .filter((join) => join[0].to !== join[1].to && !isSettled(join))
    .map(([one, other]) => {
      const table = tables.get(one.from)?.source;
      const [target = ''] = looseNames([[one, other]], one.to, tables);
      const way = `['${one.from}', '${other.to}']`;
      const columns = [...one.fields, ...other.fields].map((field) => `t.${field}`).join(', ');
      return warning({
        code: 'zero/loose-join',
        message: `${one.from} joins ${one.to} with ${other.to}, but may contain a pair twice, so no relation is derived through it.`,
        ...(table && { object: qualifiedName(table) }),
        places: [
          ...(table ? aboutTable(table).places : []),
          ...[one, other].flatMap((relation) => aboutRelation(relation).places),
        ],
        fix: `give it unique().on(${columns}); or write the relation, zero.manyToMany.${one.to}: { ${target}: ${way} }; or set { ${target}: false }.`,
      });
    });
}
