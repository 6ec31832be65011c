import type { Argument, CallExpression, Expression, ObjectProperty } from 'oxc-parser';
import { enterFunction, isFunction } from './enter-function.ts';
import { isPlain } from './plain-packages.ts';
import { fileScope, type Bound, type Ref } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import type { Exported, Sources } from './sources.ts';

/** The result of following an expression through the project's names, imports and functions. */
export type Followed =
  | ({ readonly kind: 'node' } & Ref)
  | { readonly kind: 'package'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly path: string }
  | { readonly kind: 'builders' }
  | { readonly kind: 'unknown' };

const UNKNOWN: Followed = { kind: 'unknown' };

/** A longer chain of names and calls is assumed to be circular. */
const MAX_DEPTH = 40;

/**
 * Follows an expression to its value, as far as the source text shows it: through names,
 * imports, object members, and calls of functions that only return a value.
 */
export function follow(sources: Sources, ref: Ref, depth = 0): Followed {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const { node, scope } = ref;
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return follow(sources, { node: node.expression, scope }, depth + 1);
    case 'Identifier':
      return followName(sources, node.name, ref, depth + 1);
    case 'MemberExpression': {
      const name = memberName(node);
      const object = follow(sources, { node: node.object, scope }, depth + 1);
      return name === undefined ? UNKNOWN : followMember(sources, object, name, depth + 1);
    }
    case 'CallExpression':
      return followCall(sources, node, ref, depth + 1);
    default:
      return { kind: 'node', node, scope };
  }
}

function followName(sources: Sources, name: string, { scope }: Ref, depth: number): Followed {
  const bound = scope.values.get(name);
  if (bound !== undefined) return followBound(sources, bound, depth);
  const value = scope.file.values.get(name);
  if (value) {
    if (!value.node) return UNKNOWN;
    return follow(sources, { node: value.node, scope: fileScope(scope.file) }, depth);
  }
  const imported = scope.file.imports.get(name);
  if (!imported) return UNKNOWN;
  return followExported(sources, sources.imported(scope.file.path, imported), depth);
}

function followBound(sources: Sources, bound: Bound, depth: number): Followed {
  return typeof bound === 'string' ? { kind: bound } : follow(sources, bound, depth);
}

/** Follows an export of another file. */
function followExported(sources: Sources, exported: Exported | undefined, depth: number): Followed {
  if (exported?.kind !== 'value') return exported ?? UNKNOWN;
  const { file, value } = exported;
  if (!value.node) return UNKNOWN;
  return follow(sources, { node: value.node, scope: fileScope(file) }, depth);
}

function followMember(sources: Sources, object: Followed, name: string, depth: number): Followed {
  switch (object.kind) {
    case 'namespace':
      return followExported(sources, sources.exported(object.path, name), depth);
    case 'package':
      return { ...object, name };
    case 'node': {
      if (object.node.type !== 'ObjectExpression') return UNKNOWN;
      const entry = entriesOf(sources, object, depth).entries.get(name);
      return entry ? follow(sources, entry.ref, depth) : UNKNOWN;
    }
    default:
      return object;
  }
}

function followCall(sources: Sources, call: CallExpression, ref: Ref, depth: number): Followed {
  const self: Followed = { kind: 'node', node: call, scope: ref.scope };
  const { callee } = call;
  // A method on the result of a call: a builder chain, which its reader walks itself.
  if (callee.type === 'MemberExpression' && callee.object.type === 'CallExpression') return self;
  const target = follow(sources, { node: callee, scope: ref.scope }, depth);
  if (target.kind !== 'node' || !isFunction(target.node)) return self;
  const returned = enterFunction(
    { node: target.node, scope: target.scope },
    ref.scope.calls + 1,
    call.arguments.map((argument) => boundArgument(argument, ref)),
    call.typeArguments?.params.map((node) => ({ node, scope: ref.scope })) ?? [],
  );
  return returned ? follow(sources, returned, depth) : UNKNOWN;
}

const boundArgument = (argument: Argument, { scope }: Ref): Bound =>
  argument.type === 'SpreadElement' ? 'unknown' : { node: argument, scope };

/** The name of a member, if it is a literal. */
export function memberName(
  node: Extract<Expression, { type: 'MemberExpression' }>,
): string | undefined {
  const { property } = node;
  if (!node.computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string'
    ? property.value
    : undefined;
}

/** A property of an object, and its file. */
export interface Entry {
  readonly ref: Ref;
  readonly file: SourceFile;
  readonly start: number;
}

export interface Entries {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Set if there may be more properties, spread from an object that cannot be followed. */
  readonly rest?: Rest;
}

export interface Rest {
  /** Whether all of them come from packages whose builders have no `$type`. */
  readonly plain: boolean;
  /** The place of the spread, if there is only one. */
  readonly file?: SourceFile;
  readonly start?: number;
}

/** The properties of the object that an expression evaluates to, including spread ones. */
export function entriesOf(sources: Sources, ref: Ref, depth = 0): Entries {
  const entries = new Map<string, Entry>();
  const rest = collect(sources, ref, entries, depth);
  return { entries, ...(rest && { rest }) };
}

/** Adds to `entries`, and returns whether the object may have more properties. */
function collect(
  sources: Sources,
  ref: Ref,
  entries: Map<string, Entry>,
  depth: number,
): Rest | undefined {
  const at: Followed = depth > MAX_DEPTH ? UNKNOWN : follow(sources, ref, depth);
  if (at.kind !== 'node') return { plain: at.kind === 'package' && isPlain(at.specifier) };
  const { node, scope } = at;
  const inner = (next: Ref['node']): Rest | undefined =>
    collect(sources, { node: next, scope }, entries, depth + 1);
  if (isFunction(node)) {
    const returned = enterFunction(
      { node, scope },
      scope.calls + 1,
      node.params.map(() => 'builders'),
    );
    return returned ? collect(sources, returned, entries, depth + 1) : { plain: false };
  }
  switch (node.type) {
    case 'ObjectExpression': {
      let rest: Rest | undefined;
      for (const property of node.properties) {
        const name = property.type === 'Property' ? propertyName(sources, property, at) : undefined;
        if (property.type === 'Property' && name !== undefined) {
          const entry = { ref: { node: property.value, scope }, file: scope.file };
          entries.set(name, { ...entry, start: property.start });
          continue;
        }
        const more =
          property.type === 'SpreadElement' ? inner(property.argument) : { plain: false };
        const place = { file: scope.file, start: property.start };
        rest = both(rest, more && { plain: more.plain, ...place });
      }
      return rest;
    }
    case 'ConditionalExpression': {
      const rest = inner(node.alternate);
      return both(rest, inner(node.consequent));
    }
    case 'LogicalExpression':
      return inner(node.right);
    case 'CallExpression': {
      const made = follow(sources, { node: node.callee, scope }, depth + 1);
      return { plain: made.kind === 'package' && isPlain(made.specifier) };
    }
    default:
      return { plain: false };
  }
}

const both = (one: Rest | undefined, other: Rest | undefined): Rest | undefined =>
  one && other ? { plain: one.plain && other.plain } : (one ?? other);

function propertyName(sources: Sources, property: ObjectProperty, at: Ref): string | undefined {
  const { key } = property;
  if (!property.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return undefined;
  const name = follow(sources, { node: key as Ref['node'], scope: at.scope });
  if (name.kind !== 'node' || name.node.type !== 'Literal') return undefined;
  const { value } = name.node;
  return ['string', 'number', 'bigint'].includes(typeof value) ? String(value) : undefined;
}
