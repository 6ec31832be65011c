import type { TSType } from 'oxc-parser';

/** Binding strength of types; a looser type needs parentheses. */
export const LOOSEST = 0;
export const UNION = 1;
export const INTERSECTION = 2;
export const OPERATOR = 3;
export const POSTFIX = 4;
export const TIGHTEST = 5;

/** The binding strength of a type. */
export function tightness(node: TSType): number {
  switch (node.type) {
    case 'TSConditionalType':
    case 'TSFunctionType':
    case 'TSConstructorType':
      return LOOSEST;
    case 'TSUnionType':
      return UNION;
    case 'TSIntersectionType':
      return INTERSECTION;
    case 'TSTypeOperator':
    case 'TSInferType':
    case 'TSTypeQuery':
      return OPERATOR;
    case 'TSArrayType':
    case 'TSIndexedAccessType':
      return POSTFIX;
    default:
      return TIGHTEST;
  }
}
