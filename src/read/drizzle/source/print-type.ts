import type {
  TSImportTypeQualifier,
  TSSignature,
  TSTupleElement,
  TSType,
  TSTypeName,
  TSTypeParameterInstantiation,
} from 'oxc-parser';
import { literalText } from './literal-text.ts';
import { memberParts, signatureParts } from './member-parts.ts';
import { attempt, fail, join, orFail, type Names, type Parts } from './type-parts.ts';
import {
  INTERSECTION,
  LOOSEST,
  OPERATOR,
  POSTFIX,
  TIGHTEST,
  tightness,
  UNION,
} from './type-tightness.ts';

/**
 * Prints a type on one line in a normalised form: comments, line breaks, redundant
 * parentheses and quote styles do not affect it.
 */
export function printType(node: TSType, min: number, names: Names): Parts | undefined {
  return attempt(() => type(node, min, names));
}

/** The members of an object type, in braces. */
export function printMembers(members: readonly TSSignature[], names: Names): Parts | undefined {
  return attempt(() => memberParts(members, names, type));
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

const KEYWORD = /^TS(\w+)Keyword$/;

function bare(node: TSType, min: number, names: Names): Parts {
  switch (node.type) {
    case 'TSThisType':
      return ['this'];
    case 'TSLiteralType':
      return [literalText(node.literal)];
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
      return memberParts(node.members, names, type);
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
      return [...made, ...signatureParts(node, ' => ', names, type)];
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

/** `<A, B>`, for callers that print the name before it. */
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

/** The names that `infer` declares in a condition. */
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

function modifier(operator: true | '+' | '-' | false | null, word: string): string {
  if (!operator) return '';
  return operator === '-' ? `-${word}` : word;
}
