import { VISIBLE } from '../../model/values/blank.ts';
import { CONTROL } from '../../model/values/control.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { Constraint } from '../../model/constraint.ts';
import type { JsonObject } from './json.ts';
import { boundsBeforeStorage, tighter } from './number-bounds.ts';
import { NEWLINE, NUL, without } from './type-node.ts';
import { isWholeText } from './whole-text.ts';

/** The node with the constraint; `undefined` if JSON Schema cannot express it. */
export function applyConstraint(
  node: JsonObject,
  type: ColumnType,
  constraint: Constraint,
): JsonObject | undefined {
  // The list of words is the type.
  if ('$ref' in node) return constraint.kind === 'oneOf' ? node : undefined;
  if (constraint.kind === 'between') {
    if (node['type'] !== 'number' && node['type'] !== 'integer') return undefined;
    return { ...node, ...tighter(node, boundsBeforeStorage(type, constraint)) };
  }
  if (constraint.kind === 'textItems') return listOfTexts(node, constraint);
  // Its size and depth cannot be expressed; planColumn() adds its type.
  if (constraint.kind === 'json') return undefined;
  if (type.kind !== 'text' && type.kind !== 'varchar' && type.kind !== 'char') return undefined;
  switch (constraint.kind) {
    case 'oneOf':
      return type.kind === 'char' ? undefined : { ...node, enum: constraint.values };
    case 'text':
      return constraint.pattern === undefined
        ? limited(node, type, constraint.max)
        : limited(matching(node, type, constraint.pattern), type, constraint.max);
    case 'notBlank':
      return limited(withPattern(node, VISIBLE), type, constraint.max);
    case 'printable':
      return limited(forbid(withPattern(node, VISIBLE), IN_CONTROL), type, constraint.max);
  }
}

function listOfTexts(
  node: JsonObject,
  { maxItems, maxLength }: Extract<Constraint, { kind: 'textItems' }>,
): JsonObject | undefined {
  const items = node['items'] as JsonObject | undefined;
  return items && { ...node, maxItems, items: { ...withPattern(items, VISIBLE), maxLength } };
}

/** `char_length` does not count the padding of a `char`, which `maxLength` counts. */
function limited(
  node: JsonObject | undefined,
  type: ColumnType,
  max: number | undefined,
): JsonObject | undefined {
  if (node === undefined || max === undefined) return node;
  if (type.kind === 'char') return max >= type.length ? node : undefined;
  return { ...node, maxLength: Math.min(max, Number(node['maxLength'] ?? max)) };
}

function matching(node: JsonObject, type: ColumnType, pattern: string): JsonObject | undefined {
  if (!isWholeText(pattern)) return type.kind === 'char' ? undefined : withPattern(node, pattern);
  const padded = type.kind === 'char' ? pattern.replace(/\$$/, ' *$') : pattern;
  return forbid(withPattern(node, padded), NUL + NEWLINE);
}

const IN_CONTROL = CONTROL.slice(1, -1);

/** Adds characters to those that the text must not contain. */
function forbid(node: JsonObject, characters: string): JsonObject {
  const { pattern } = node['not'] as { readonly pattern: string };
  const others = pattern.slice(1, -1);
  return { ...node, ...without(characters.startsWith(others) ? characters : others + characters) };
}

/** A node has one pattern; more of them are in `allOf`. */
function withPattern(node: JsonObject, pattern: string): JsonObject {
  if (!('pattern' in node)) return { ...node, pattern };
  const others = (node['allOf'] ?? []) as readonly JsonObject[];
  return { ...node, allOf: [...others, { pattern }] };
}
