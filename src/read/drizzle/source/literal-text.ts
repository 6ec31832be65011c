import type { PropertyKey, TSLiteral } from 'oxc-parser';
import { fail } from './type-parts.ts';

/** The name of a property, quoted only if necessary. */
export function keyText(node: PropertyKey): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'Literal') return fail();
  if (typeof node.value !== 'string') return literalText(node as TSLiteral);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(node.value) ? node.value : quote(node.value);
}

/** A literal as a type. */
export function literalText(node: TSLiteral): string {
  if (node.type === 'UnaryExpression') {
    return `${node.operator}${literalText(node.argument as TSLiteral)}`;
  }
  if (node.type === 'TemplateLiteral') return `\`${node.quasis[0]?.value.raw ?? ''}\``;
  return typeof node.value === 'string' ? quote(node.value) : (node.raw ?? fail());
}

/** A string as a literal type, in uniform quotes. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
