import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '../../model/schema.ts';
import { compare } from '../drizzle/exported-values.ts';
import { comparable } from './comparable.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectKind, Properties, SchemaObject } from './schema-object.ts';

/** An object that is not as it should be. */
export interface Difference {
  readonly kind: ObjectKind;
  /** `public.posts`, or `public.posts.author_id` for what stands in a table. */
  readonly object: string;
  /** The properties that differ, as they should be; absent for what should not be there. */
  readonly expected?: Properties;
  /** The properties that differ, as they are; absent for what is not there. */
  readonly found?: Properties;
}

export interface CompareOptions {
  /**
   * Whether expressions and comments are compared. They can be where both sides come from
   * a database of one version; beside what Drizzle holds, only their presence counts.
   */
  readonly expressions: boolean;
}

/**
 * What differs between the schema that should be there and the one that is. Objects in
 * schemas that the expected one does not name are somebody else's. Of a table that is
 * missing or should not be there, its columns and constraints are not listed as well.
 *
 * @example
 * compareSchemas(definitions, catalog, { expressions: false });
 * // [{ kind: 'column', object: 'public.posts.author_id', expected: { notNull: true }, found: { notNull: false } }]
 */
export function compareSchemas(
  expected: Schema,
  found: Schema,
  options: CompareOptions,
): readonly Difference[] {
  const sides = comparable(expected, found, options);
  const [wanted, there] = [byKey(sides.expected), byKey(sides.found)];
  const stands = (object: SchemaObject, side: ReadonlyMap<string, SchemaObject>): boolean =>
    object.within === undefined || side.has(keyOf({ kind: 'table', object: object.within }));
  const differences: Difference[] = [];
  for (const [key, object] of wanted) {
    const other = there.get(key);
    if (other) differences.push(...difference(object, other, options));
    else if (stands(object, there)) {
      differences.push({ ...named(object), expected: contentOf(object, options) });
    }
  }
  for (const [key, object] of there) {
    if (wanted.has(key) || !stands(object, wanted)) continue;
    differences.push({ ...named(object), found: contentOf(object, options) });
  }
  return differences.sort((a, b) => compare(a.object, b.object) || compare(a.kind, b.kind));
}

function byKey(schema: Schema): ReadonlyMap<string, SchemaObject> {
  return new Map(listObjects(schema).map((object) => [keyOf(object), object]));
}

const keyOf = ({ kind, object }: Pick<SchemaObject, 'kind' | 'object'>): string =>
  `${kind} ${object}`;

const named = ({ kind, object }: SchemaObject): Pick<Difference, 'kind' | 'object'> => ({
  kind,
  object,
});

function difference(
  wanted: SchemaObject,
  there: SchemaObject,
  options: CompareOptions,
): readonly Difference[] {
  const [expected, found] = [contentOf(wanted, options), contentOf(there, options)];
  const differing = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter(
    (name) => !isDeepStrictEqual(expected[name], found[name]),
  );
  if (differing.length === 0) return [];
  const only = (content: Properties): Properties =>
    Object.fromEntries(
      differing.flatMap((name) => (name in content ? [[name, content[name]]] : [])),
    );
  return [{ ...named(wanted), expected: only(expected), found: only(found) }];
}

/** What is compared. Of an expression that cannot be, that it is there. */
function contentOf(
  { properties, sql = {}, doc }: SchemaObject,
  { expressions }: CompareOptions,
): Properties {
  return {
    ...properties,
    ...Object.fromEntries(
      Object.entries(sql).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, expressions ? text : true]],
      ),
    ),
    ...(expressions && doc !== undefined && { doc }),
  };
}
