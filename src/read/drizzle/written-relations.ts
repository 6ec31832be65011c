// A namespace import, so that a Drizzle without createTableRelationsHelpers loads and can be
// refused with a reason.
import * as drizzle from 'drizzle-orm';
import { Column, is, One, Relation, type Relations, type Table as DrizzleTable } from 'drizzle-orm';
import type { Place } from '../../report/place.ts';
import type { ExportedValue } from './exported-values.ts';
import { entriesOf, follow, memberName, type Entry } from './source/follow.ts';
import type { Sources } from './source/sources.ts';

type Writer = Pick<ExportedValue, 'exportName' | 'file'>;

/** A relation as defined in `relations()`, before Drizzle finds its inverse. */
export interface WrittenRelation {
  readonly source: DrizzleTable;
  readonly name: string;
  readonly at?: Place;
  /** The `relations()` call that defines it. */
  readonly by: Writer;
  /** Drizzle's own object, or the reason why it cannot be created. */
  readonly made: { readonly kind: 'made'; readonly relation: Relation } | Broken;
}

/** A relation that Drizzle could not create, or would create with a missing column. */
export interface Broken {
  readonly kind: 'broken';
  readonly target?: DrizzleTable;
  readonly relationName?: string;
  readonly reason: 'no-target' | 'no-fields' | 'no-column' | 'twice';
  /** The missing column. */
  readonly hole?: { readonly side: 'fields' | 'references'; readonly index: number };
  /** The source text in its place: `users.uuid`. */
  readonly text?: string;
  /** The places of conflicting definitions. */
  readonly also?: readonly (Place | undefined)[];
  readonly writers?: readonly Writer[];
  /** The value of the setting `keep` that selects one of the definitions. */
  readonly keep?: string;
}

/** Runs the function of a `relations()`. Its errors are rethrown. */
export function writtenRelations(
  sources: Sources,
  { value, source, exportName, file }: ExportedValue<Relations>,
): readonly WrittenRelation[] {
  const body = source.args[1];
  const written = body && entriesOf(sources, body).entries;
  // Drizzle's types only accept its own helpers; these create the same objects.
  const made = value.config(carefulHelpers(value.table) as never) as Record<string, unknown>;
  return Object.entries(made).map(([name, one]): WrittenRelation => {
    const entry = written?.get(name);
    const place = entry ? entry.file.placeOf(entry.start) : source.at;
    return {
      source: value.table,
      name,
      by: { exportName, file },
      ...(place && { at: place }),
      made: is(one, Relation)
        ? { kind: 'made', relation: one }
        : withText(sources, one as Broken, entry),
    };
  });
}

/**
 * Drizzle's `one` and `many`, except that a relation without a table or with a missing
 * column becomes a {@link Broken}, so that it does not prevent the others.
 */
function carefulHelpers(source: DrizzleTable): object {
  const { one, many } = drizzle.createTableRelationsHelpers(source);
  type Config = NonNullable<Parameters<typeof one>[1]>;
  return {
    one(target: DrizzleTable | undefined, config?: Partial<Config>) {
      if (!target) return broken('no-target', target, config);
      if (!config) return one(target);
      const { fields, references } = config;
      if (!fields || !references) return broken('no-fields', target, config);
      for (const [side, columns] of Object.entries({ fields, references })) {
        const index = (columns as readonly unknown[]).findIndex((column) => !is(column, Column));
        if (index < 0) continue;
        const hole = { side: side as 'fields' | 'references', index };
        return broken('no-column', target, config, hole);
      }
      return one(target, config as Config);
    },
    many(target: DrizzleTable | undefined, config?: { readonly relationName: string }) {
      return target ? many(target, config) : broken('no-target', target, config);
    },
  };
}

function broken(
  reason: Broken['reason'],
  target: DrizzleTable | undefined,
  config: { readonly relationName?: string | undefined } | undefined,
  hole?: Broken['hole'],
): Broken & { withFieldName(): Broken } {
  const { relationName } = config ?? {};
  const made: Broken = {
    kind: 'broken',
    reason,
    ...(target && { target }),
    ...(hole && { hole }),
    ...(relationName === undefined ? {} : { relationName }),
  };
  return { ...made, withFieldName: () => made };
}

/** Adds the source text of the missing column: `users.uuid`. */
function withText(sources: Sources, made: Broken, entry: Entry | undefined): Broken {
  if (!made.hole || !entry) return made;
  const call = follow(sources, entry.ref);
  if (call.kind !== 'node' || call.node.type !== 'CallExpression') return made;
  const config = call.node.arguments[1];
  if (!config || config.type === 'SpreadElement') return made;
  const { side, index } = made.hole;
  const columns = entriesOf(sources, { node: config, scope: call.scope }).entries.get(side);
  const list = columns && follow(sources, columns.ref);
  if (list?.kind !== 'node' || list.node.type !== 'ArrayExpression') return made;
  const column = list.node.elements[index];
  if (column?.type !== 'MemberExpression' || column.object.type !== 'Identifier') return made;
  const member = memberName(column);
  return member === undefined ? made : { ...made, text: `${column.object.name}.${member}` };
}

/** Whether two relations of a table are equivalent, so that either can be used. */
export function isSameRelation(
  { made: a }: WrittenRelation,
  { made: b }: WrittenRelation,
): boolean {
  if (a.kind === 'broken' || b.kind === 'broken') return false;
  const [one, other] = [a.relation, b.relation];
  return (
    is(one, One) === is(other, One) &&
    one.referencedTable === other.referencedTable &&
    one.relationName === other.relationName &&
    sameColumns(keyOf(one), keyOf(other))
  );
}

/** Whether a setting selects this relation by the export that defines it, or by its file. */
export const isKept = ({ by: { exportName, file } }: WrittenRelation, keep: string): boolean =>
  exportName === keep || `/${file}`.endsWith(`/${keep}`);

/** The setting that keeps one of several relations: an export that defines only one, or a file. */
function keepOf(writers: readonly Writer[]): string {
  const alone = (writer: Writer, part: keyof Writer): boolean =>
    writers.every((other) => other === writer || other[part] !== writer[part]);
  const named = writers.find((writer) => alone(writer, 'exportName'));
  if (named) return named.exportName;
  const placed = writers.find((writer) => alone(writer, 'file'));
  return placed?.file.split('/').slice(-2).join('/') ?? '';
}

/** Different definitions of a relation are ambiguous. */
export function asTwin(one: WrittenRelation, other: WrittenRelation): WrittenRelation {
  const { made } = one;
  const target = made.kind === 'made' ? made.relation.referencedTable : made.target;
  const { relationName } = made.kind === 'made' ? made.relation : made;
  const { also = [], writers: earlier = [one.by] } = made.kind === 'broken' ? made : {};
  const writers = [...earlier, other.by];
  return {
    ...one,
    made: {
      kind: 'broken',
      reason: 'twice',
      ...(target && { target }),
      ...(relationName === undefined ? {} : { relationName }),
      also: [...also, other.at],
      writers,
      keep: keepOf(writers),
    },
  };
}

/** The columns of a relation; none on the side without the foreign key. */
const keyOf = (relation: Relation): readonly Column[] =>
  is(relation, One) && relation.config
    ? [...relation.config.fields, ...relation.config.references]
    : [];

const sameColumns = (a: readonly Column[], b: readonly Column[]): boolean =>
  a.length === b.length && a.every((column, index) => column === b[index]);
