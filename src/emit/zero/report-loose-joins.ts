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

/** A table that joins two others, as far as its columns tell, without a word that a pair stands there once. */
type LooseJoin = readonly [one: Relation, other: Relation];

/**
 * The tables with two `one` relations that hold nothing but those, their own key and
 * what fills itself: each is a join table that lacks the constraint.
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

/** The names by which the choices can say that no way is wanted: those of the tables it would lead to. */
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
 * Says what is missing, unless the choices lead a way through the table or want none. Two keys
 * to one table, such as a sender and a recipient, rarely make a join table, and often no pair
 * that may stand there once only.
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
