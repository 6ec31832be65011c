import type {
  ParamPattern,
  TSSignature,
  TSType,
  TSTypeAnnotation,
  TSTypeParameterDeclaration,
} from 'oxc-parser';
import { keyText } from './literal-text.ts';
import { fail, join, type Names, type Parts } from './type-parts.ts';
import { LOOSEST } from './type-tightness.ts';

/** Prints the types in members and signatures, which are mutually recursive. */
type TypeParts = (node: TSType, min: number, names: Names) => Parts;

/** The members of an object type, in braces. */
export function memberParts(members: readonly TSSignature[], names: Names, type: TypeParts): Parts {
  if (members.length === 0) return ['{}'];
  return [
    '{ ',
    ...join(
      members.map((each) => member(each, names, type)),
      '; ',
    ),
    ' }',
  ];
}

function member(node: TSSignature, names: Names, type: TypeParts): Parts {
  switch (node.type) {
    case 'TSPropertySignature': {
      if (node.computed) return fail();
      const start = `${node.readonly ? 'readonly ' : ''}${keyText(node.key)}${node.optional ? '?' : ''}`;
      return [start, ...annotation(node.typeAnnotation, names, type)];
    }
    case 'TSIndexSignature': {
      const [parameter] = node.parameters;
      if (!parameter) return fail();
      return [
        `${node.readonly ? 'readonly ' : ''}[${parameter.name}`,
        ...annotation(parameter.typeAnnotation, names, type),
        ']',
        ...annotation(node.typeAnnotation, names, type),
      ];
    }
    case 'TSMethodSignature': {
      if (node.computed) return fail();
      const kind = node.kind === 'method' ? '' : `${node.kind} `;
      const start = `${kind}${keyText(node.key)}${node.optional ? '?' : ''}`;
      return [start, ...signatureParts(node, ': ', names, type)];
    }
    case 'TSCallSignatureDeclaration':
      return signatureParts(node, ': ', names, type);
    default:
      return ['new ', ...signatureParts(node, ': ', names, type)];
  }
}

/** `<A>(a: A) => B`, with a configurable separator instead of the arrow. */
export function signatureParts(
  node: {
    readonly typeParameters: TSTypeParameterDeclaration | null;
    readonly params: readonly ParamPattern[];
    readonly returnType: TSTypeAnnotation | null;
  },
  arrow: string,
  names: Names,
  type: TypeParts,
): Parts {
  const own = node.typeParameters?.params ?? [];
  const inner = names.within(own.map((parameter) => parameter.name.name));
  const generics = own.map((parameter): Parts => [
    parameter.name.name,
    ...(parameter.constraint ? [' extends ', ...type(parameter.constraint, LOOSEST, inner)] : []),
    ...(parameter.default ? [' = ', ...type(parameter.default, LOOSEST, inner)] : []),
  ]);
  const params = node.params.map((parameter): Parts => {
    const rest = parameter.type === 'RestElement';
    const target = rest ? parameter.argument : parameter;
    if (target.type !== 'Identifier') return fail();
    const annotated = rest ? parameter.typeAnnotation : target.typeAnnotation;
    const start = `${rest ? '...' : ''}${target.name}${target.optional ? '?' : ''}`;
    return [start, ...annotation(annotated ?? null, inner, type)];
  });
  return [
    ...(generics.length > 0 ? ['<', ...join(generics, ', '), '>'] : []),
    '(',
    ...join(params, ', '),
    ')',
    ...(node.returnType ? [arrow, ...type(node.returnType.typeAnnotation, LOOSEST, inner)] : []),
  ];
}

function annotation(node: TSTypeAnnotation | null, names: Names, type: TypeParts): Parts {
  return node ? [': ', ...type(node.typeAnnotation, LOOSEST, names)] : [];
}
