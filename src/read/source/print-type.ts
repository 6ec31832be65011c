import type {
  ParamPattern,
  PropertyKey,
  TSImportTypeQualifier,
  TSLiteral,
  TSSignature,
  TSTupleElement,
  TSType,
  TSTypeAnnotation,
  TSTypeName,
  TSTypeParameterDeclaration,
  TSTypeParameterInstantiation,
} from 'oxc-parser';
import type { TsImport } from '../../model/ts-type.ts';

/** The text of a type, with the names that it imports standing in it as objects. */
export type Parts = readonly (string | TsImport)[];

/** Says what the names in a type are. `undefined` where that cannot be said. */
export interface Names {
  /** A name alone, with its type arguments: it may stand for a longer type. */
  reference(name: string, args: readonly TSType[], min: number): Parts | undefined;
  /** The first name of `A.B.C` or of `typeof a.b`. */
  root(name: string, meaning: 'type' | 'value'): Parts | undefined;
  /** `import('specifier').name`. */
  imported(specifier: string, name: string): Parts | undefined;
  /** A type that has a better text than its own, as `(typeof words)[number]` may. */
  instead(node: TSType, min: number): Parts | undefined;
  /** The same, inside of something that names types of its own. */
  within(own: readonly string[]): Names;
}

/** How tightly a type holds together; looser ones stand in brackets. */
export const LOOSEST = 0;
export const UNION = 1;
const INTERSECTION = 2;
const OPERATOR = 3;
export const POSTFIX = 4;
const TIGHTEST = 5;

/** Thrown inside of this module alone, where a type cannot be printed. */
class Unprintable extends Error {}

/**
 * Prints a type on one line in one form: neither comments, line breaks, brackets
 * that change nothing, nor the kind of quotes show in it.
 */
export function printType(node: TSType, min: number, names: Names): Parts | undefined {
  return attempt(() => type(node, min, names));
}

function attempt(print: () => Parts): Parts | undefined {
  try {
    return print();
  } catch (error) {
    if (error instanceof Unprintable) return undefined;
    throw error;
  }
}

/** The members of an object type, in braces. */
export function printMembers(members: readonly TSSignature[], names: Names): Parts | undefined {
  return attempt(() => braces(members, names));
}

function type(node: TSType, min: number, names: Names): Parts {
  const better = names.instead(node, min);
  if (better) return better;
  if (node.type === 'TSParenthesizedType') return type(node.typeAnnotation, min, names);
  if (
    (node.type === 'TSUnionType' || node.type === 'TSIntersectionType') &&
    node.types.length === 1
  ) {
    return type(node.types[0] as TSType, min, names);
  }
  const text = bare(node, min, names);
  return tightness(node) < min ? ['(', ...text, ')'] : text;
}

function tightness(node: TSType): number {
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

const KEYWORD = /^TS(\w+)Keyword$/;

function bare(node: TSType, min: number, names: Names): Parts {
  switch (node.type) {
    case 'TSThisType':
      return ['this'];
    case 'TSLiteralType':
      return [literal(node.literal)];
    case 'TSTemplateLiteralType':
      return [
        '`',
        ...node.quasis.flatMap(({ value }, index): Parts => {
          const hole = node.types[index];
          return [value.raw, ...(hole ? ['${', ...type(hole, LOOSEST, names), '}'] : [])];
        }),
        '`',
      ];
    case 'TSUnionType':
      return join(
        node.types.map((each) => type(each, UNION + 1, names)),
        ' | ',
      );
    case 'TSIntersectionType':
      return join(
        node.types.map((each) => type(each, INTERSECTION + 1, names)),
        ' & ',
      );
    case 'TSArrayType':
      return [...type(node.elementType, POSTFIX, names), '[]'];
    case 'TSIndexedAccessType':
      return [
        ...type(node.objectType, POSTFIX, names),
        '[',
        ...type(node.indexType, LOOSEST, names),
        ']',
      ];
    case 'TSTypeOperator':
      return [`${node.operator} `, ...type(node.typeAnnotation, OPERATOR, names)];
    case 'TSTupleType':
      return [
        '[',
        ...join(
          node.elementTypes.map((each) => element(each, names)),
          ', ',
        ),
        ']',
      ];
    case 'TSTypeLiteral':
      return braces(node.members, names);
    case 'TSTypeReference':
      return node.typeName.type === 'Identifier'
        ? orFail(names.reference(node.typeName.name, node.typeArguments?.params ?? [], min))
        : [...name(node.typeName, 'type', names), ...typeArguments(node.typeArguments, names)];
    case 'TSTypeQuery':
      return [
        'typeof ',
        ...(node.exprName.type === 'TSImportType'
          ? bare(node.exprName, TIGHTEST, names)
          : name(node.exprName, 'value', names)),
        ...typeArguments(node.typeArguments, names),
      ];
    case 'TSImportType': {
      const [first = '*', ...rest] = node.qualifier ? qualifiers(node.qualifier) : [];
      const imported = orFail(names.imported(node.source.value, first));
      const members = rest.map((member) => `.${member}`);
      return [...imported, ...members, ...typeArguments(node.typeArguments, names)];
    }
    case 'TSFunctionType':
    case 'TSConstructorType': {
      const abstract = node.type === 'TSConstructorType' && node.abstract;
      const made = node.type === 'TSConstructorType' ? [`${abstract ? 'abstract ' : ''}new `] : [];
      return [...made, ...signature(node, ' => ', names)];
    }
    case 'TSConditionalType': {
      const inner = names.within(inferred(node.extendsType));
      return [
        ...type(node.checkType, UNION, names),
        ' extends ',
        ...type(node.extendsType, UNION, inner),
        ' ? ',
        ...type(node.trueType, LOOSEST, inner),
        ' : ',
        ...type(node.falseType, LOOSEST, names),
      ];
    }
    case 'TSInferType': {
      const { name: own, constraint } = node.typeParameter;
      const bound = constraint ? [' extends ', ...type(constraint, UNION, names)] : [];
      return [`infer ${own.name}`, ...bound];
    }
    case 'TSMappedType': {
      const inner = names.within([node.key.name]);
      const as = node.nameType ? [' as ', ...type(node.nameType, LOOSEST, inner)] : [];
      return [
        `{ ${modifier(node.readonly, 'readonly ')}[${node.key.name} in `,
        ...type(node.constraint, LOOSEST, names),
        ...as,
        `]${modifier(node.optional, '?')}: `,
        ...(node.typeAnnotation ? type(node.typeAnnotation, LOOSEST, inner) : ['any']),
        ' }',
      ];
    }
    default: {
      const keyword = KEYWORD.exec(node.type)?.[1];
      return keyword === undefined ? fail() : [keyword.toLowerCase()];
    }
  }
}

function element(node: TSTupleElement, names: Names): Parts {
  switch (node.type) {
    case 'TSOptionalType':
      return [...type(node.typeAnnotation, POSTFIX, names), '?'];
    case 'TSRestType':
      return ['...', ...element(node.typeAnnotation, names)];
    case 'TSNamedTupleMember': {
      const inner = element(node.elementType, names);
      return [`${node.label.name}${node.optional ? '?' : ''}: `, ...inner];
    }
    default:
      return type(node, LOOSEST, names);
  }
}

function braces(members: readonly TSSignature[], names: Names): Parts {
  if (members.length === 0) return ['{}'];
  return [
    '{ ',
    ...join(
      members.map((each) => member(each, names)),
      '; ',
    ),
    ' }',
  ];
}

function member(node: TSSignature, names: Names): Parts {
  switch (node.type) {
    case 'TSPropertySignature': {
      if (node.computed) return fail();
      const start = `${node.readonly ? 'readonly ' : ''}${key(node.key)}${node.optional ? '?' : ''}`;
      return [start, ...annotation(node.typeAnnotation, names)];
    }
    case 'TSIndexSignature': {
      const [parameter] = node.parameters;
      if (!parameter) return fail();
      return [
        `${node.readonly ? 'readonly ' : ''}[${parameter.name}`,
        ...annotation(parameter.typeAnnotation, names),
        ']',
        ...annotation(node.typeAnnotation, names),
      ];
    }
    case 'TSMethodSignature': {
      if (node.computed) return fail();
      const kind = node.kind === 'method' ? '' : `${node.kind} `;
      const start = `${kind}${key(node.key)}${node.optional ? '?' : ''}`;
      return [start, ...signature(node, ': ', names)];
    }
    case 'TSCallSignatureDeclaration':
      return signature(node, ': ', names);
    default:
      return ['new ', ...signature(node, ': ', names)];
  }
}

function signature(
  node: {
    readonly typeParameters: TSTypeParameterDeclaration | null;
    readonly params: readonly ParamPattern[];
    readonly returnType: TSTypeAnnotation | null;
  },
  arrow: string,
  names: Names,
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
    return [start, ...annotation(annotated ?? null, inner)];
  });
  return [
    ...(generics.length > 0 ? ['<', ...join(generics, ', '), '>'] : []),
    '(',
    ...join(params, ', '),
    ')',
    ...(node.returnType ? [arrow, ...type(node.returnType.typeAnnotation, LOOSEST, inner)] : []),
  ];
}

function annotation(node: TSTypeAnnotation | null, names: Names): Parts {
  return node ? [': ', ...type(node.typeAnnotation, LOOSEST, names)] : [];
}

function typeArguments(node: TSTypeParameterInstantiation | null, names: Names): Parts {
  return node ? printArguments(node.params, names) : [];
}

function printArguments(args: readonly TSType[], names: Names): Parts {
  if (args.length === 0) return [];
  return [
    '<',
    ...join(
      args.map((each) => type(each, LOOSEST, names)),
      ', ',
    ),
    '>',
  ];
}

/** `<A, B>`, for whoever prints the name before it. */
export function printTypeArguments(args: readonly TSType[], names: Names): Parts | undefined {
  return attempt(() => printArguments(args, names));
}

function name(node: TSTypeName, meaning: 'type' | 'value', names: Names): Parts {
  if (node.type === 'Identifier') return orFail(names.root(node.name, meaning));
  if (node.type !== 'TSQualifiedName') return fail();
  return [...name(node.left, meaning, names), `.${node.right.name}`];
}

function qualifiers(node: TSImportTypeQualifier): readonly string[] {
  return node.type === 'Identifier' ? [node.name] : [...qualifiers(node.left), node.right.name];
}

/** The names that `infer` gives in a condition. */
function inferred(node: object): readonly string[] {
  return Object.entries(node).flatMap(([key, value]): readonly string[] => {
    if (key === 'parent' || typeof value !== 'object' || value === null) return [];
    const { type, typeParameter } = value as {
      readonly type?: string;
      readonly typeParameter?: { readonly name: { readonly name: string } };
    };
    const own = type === 'TSInferType' && typeParameter ? [typeParameter.name.name] : [];
    return [...own, ...inferred(value as object)];
  });
}

function key(node: PropertyKey): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'Literal') return fail();
  if (typeof node.value !== 'string') return literal(node as TSLiteral);
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(node.value) ? node.value : quote(node.value);
}

function literal(node: TSLiteral): string {
  if (node.type === 'UnaryExpression') {
    return `${node.operator}${literal(node.argument as TSLiteral)}`;
  }
  if (node.type === 'TemplateLiteral') return `\`${node.quasis[0]?.value.raw ?? ''}\``;
  return typeof node.value === 'string' ? quote(node.value) : (node.raw ?? fail());
}

/** A word as a literal type, in one kind of quotes. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function modifier(operator: true | '+' | '-' | false | null, word: string): string {
  if (!operator) return '';
  return operator === '-' ? `-${word}` : word;
}

const join = (all: readonly Parts[], between: string): Parts =>
  all.flatMap((each, index) => (index === 0 ? each : [between, ...each]));

function orFail(parts: Parts | undefined): Parts {
  return parts ?? fail();
}

function fail(): never {
  throw new Unprintable();
}
