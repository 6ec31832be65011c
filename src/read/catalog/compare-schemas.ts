import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '../../model/schema.ts';
import { compareText } from '../../model/compare-text.ts';
import { comparable } from './comparable.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectKind, Properties, SchemaObject } from './schema-object.ts';

/** An object that differs from its definition. */
export interface Difference {
  readonly kind: ObjectKind;
  /** `public.posts`, or `public.posts.author_id` for an object in a table. */
  readonly object: string;
  /** The expected values of the properties that differ; absent if the object should not exist. */
  readonly expected?: Properties;
  /** The actual values of the properties that differ; absent if the object does not exist. */
  readonly found?: Properties;
}

export interface CompareOptions {
  /**
   * Whether to compare expressions and comments. That requires that both schemas come from
   * databases of the same version; compared with Drizzle's definitions, only their presence
   * counts.
   */
  readonly expressions: boolean;
}

/**
 * The differences between the expected schema and the actual one. Objects in schemas that
 * the expected one does not name are ignored. For a missing or extra table, its columns and
 * constraints are not listed separately.
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
  const tableExists = (object: SchemaObject, side: ReadonlyMap<string, SchemaObject>): boolean =>
    object.within === undefined || side.has(keyOf({ kind: 'table', object: object.within }));
  const differences: Difference[] = [];
  for (const [key, object] of wanted) {
    const other = there.get(key);
    if (other) differences.push(...difference(object, other, options));
    else if (tableExists(object, there)) {
      differences.push({ ...named(object), expected: contentOf(object, options) });
    }
  }
  for (const [key, object] of there) {
    if (wanted.has(key) || !tableExists(object, wanted)) continue;
    differences.push({ ...named(object), found: contentOf(object, options) });
  }
  return differences.sort((a, b) => compareText(a.object, b.object) || compareText(a.kind, b.kind));
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

/**
 * The compared properties. An expression that cannot be compared is reduced to its
 * presence.
 */
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
