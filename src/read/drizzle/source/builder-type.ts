import type { CallExpression } from 'oxc-parser';
import { follow, memberName } from './follow.ts';
import { isPlain } from './plain-packages.ts';
import type { Ref, TypeRef } from './scope.ts';
import type { Sources } from './sources.ts';

/** The TypeScript type of a column's values, according to its builder. */
export type BuilderType =
  /** `arrays` is the number of `.array()` calls after the type. */
  | { readonly kind: 'type'; readonly type: TypeRef; readonly arrays: number }
  /** Drizzle intersects several `$type`s; only a type checker can compute the result. */
  | { readonly kind: 'several' }
  /** There is no `$type`, so the column's own type is complete. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

const NONE: BuilderType = { kind: 'none' };
const UNKNOWN: BuilderType = { kind: 'unknown' };

const MAX_STEPS = 100;

/** Walks a column's builder from its last call inwards, to the type that applies. */
export function builderType(sources: Sources, builder: Ref): BuilderType {
  let arrays = 0;
  let ref = builder;
  let last: BuilderType | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const at = follow(sources, ref);
    if (at.kind !== 'node') return last ?? plainOrUnknown(at);
    const { node, scope } = at;
    if (node.type !== 'CallExpression') return last ?? UNKNOWN;
    const { callee } = node;
    const method = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (callee.type === 'MemberExpression' && method !== undefined) {
      const object = follow(sources, { node: callee.object, scope });
      if (object.kind === 'node' && object.node.type === 'CallExpression') {
        if (method === '$type') {
          if (last) return { kind: 'several' };
          const type = node.typeArguments?.params[0];
          last = type ? { kind: 'type', type: { node: type, scope }, arrays } : NONE;
        }
        if (method === 'array') arrays += 1;
        ref = object;
        continue;
      }
    }
    const wrapped = wrappedBuilder(sources, node, at);
    if (!wrapped) return last ?? baseType(sources, node, at, arrays);
    ref = wrapped;
  }
  return last ?? UNKNOWN;
}

/** The kit's `serverOnly(…)` returns the builder that it was given. */
function wrappedBuilder(sources: Sources, call: CallExpression, { scope }: Ref): Ref | undefined {
  const target = follow(sources, { node: call.callee, scope });
  const [argument] = call.arguments;
  return target.kind === 'package' &&
    target.name === 'serverOnly' &&
    target.specifier.startsWith('@techgarden/') &&
    argument &&
    argument.type !== 'SpreadElement'
    ? { node: argument, scope }
    : undefined;
}

/** The type of the first call of a chain: `text('name')`, `t.uuid()`, `citext('name')`. */
function baseType(
  sources: Sources,
  call: CallExpression,
  { scope }: Ref,
  arrays: number,
): BuilderType {
  const made = follow(sources, { node: call.callee, scope });
  if (made.kind !== 'node') return plainOrUnknown(made);
  if (made.node.type !== 'CallExpression') return UNKNOWN;
  const maker = follow(sources, { node: made.node.callee, scope: made.scope });
  if (maker.kind !== 'package' || !isPlain(maker.specifier)) return UNKNOWN;
  if (maker.name !== 'customType') return NONE;
  const settings = made.node.typeArguments?.params[0];
  if (settings?.type !== 'TSTypeLiteral') return UNKNOWN;
  for (const member of settings.members) {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue;
    if (member.key.name !== 'data' || !member.typeAnnotation) continue;
    const type = { node: member.typeAnnotation.typeAnnotation, scope: made.scope };
    return { kind: 'type', type, arrays };
  }
  return UNKNOWN;
}

function plainOrUnknown(at: { readonly kind: string; readonly specifier?: string }): BuilderType {
  const plain = at.kind === 'builders' || isPlain(at.specifier);
  return plain ? NONE : UNKNOWN;
}
