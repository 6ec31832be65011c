import type { TSType } from 'oxc-parser';
import type { TsImport, TsType } from '../../../model/ts-type.ts';
import { follow } from './follow.ts';
import { quote } from './literal-text.ts';
import { printMembers, printType, printTypeArguments } from './print-type.ts';
import { fileScope, type Scope, type TypeRef } from './scope.ts';
import type { NamedType, SourceFile } from './source-file.ts';
import type { Sources } from './sources.ts';
import type { Names, Parts } from './type-parts.ts';
import { LOOSEST, POSTFIX, UNION } from './type-tightness.ts';

/** Types that a file does not export are inlined up to this length, and inferred beyond it. */
const MAX_INLINED = 400;
/** Maximum number of inlined types. */
const MAX_TYPES = 40;
/** Limits recursive types, which would otherwise be inlined endlessly. */
const MAX_DEPTH = 12;

/** A type as text that is valid in another file. */
export function typeText(sources: Sources, type: TypeRef, arrays: number): TsType {
  const inlined = { count: 0 };
  const names = namesIn({ sources, inlined }, type.scope, new Set(), 0);
  const printed = printType(type.node, arrays > 0 ? POSTFIX : LOOSEST, names);
  if (!printed) return { kind: 'inferred' };
  const parts = merge([...printed, '[]'.repeat(arrays)]);
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  return inlined.count > 0 && length > MAX_INLINED ? { kind: 'inferred' } : { kind: 'text', parts };
}

interface Writing {
  readonly sources: Sources;
  /** The number of inlined types. */
  readonly inlined: { count: number };
}

function namesIn(writing: Writing, scope: Scope, own: ReadonlySet<string>, depth: number): Names {
  const { sources, inlined } = writing;
  const { file } = scope;
  const names: Names = {
    reference(name, args, min) {
      if (own.has(name)) return [name];
      const bound = scope.types.get(name);
      if (bound === 'unknown') return undefined;
      if (bound) {
        return printType(bound.node, min, namesIn(writing, bound.scope, new Set(), depth + 1));
      }
      const root = names.root(name, 'type');
      if (root) {
        const printed = printTypeArguments(args, names);
        return printed && [...root, ...printed];
      }
      const named = file.types.get(name);
      // A name of the enclosing type would refer to something else there.
      if (named === undefined || named === 'other' || depth > MAX_DEPTH) return undefined;
      if (own.size > 0 && args.length > 0) return undefined;
      inlined.count += 1;
      if (inlined.count > MAX_TYPES) return undefined;
      return writeOut(named, args, min);
    },
    root(name, meaning) {
      if (own.has(name)) return [name];
      if (meaning === 'type' ? scope.types.has(name) : scope.values.has(name)) return undefined;
      const exportedAs = file.exportedAs.get(name);
      const known = meaning === 'type' ? file.types.has(name) : file.values.has(name);
      if (known) return exportedAs === undefined ? undefined : [importOf(file, exportedAs)];
      const imported = file.imports.get(name);
      if (imported) return names.imported(imported.specifier, imported.name);
      // A name without a type in this file is a global type, even if a value has the name.
      return [name];
    },
    imported(specifier, name) {
      const path = sources.fileOf(specifier, file.path);
      if (path !== undefined) return [{ name, from: { file: path } }];
      return /^\.{0,2}\//.test(specifier) ? undefined : [{ name, from: { package: specifier } }];
    },
    instead: (node, min) => wordsOf(sources, node, min, scope),
    within: (more) => namesIn(writing, scope, new Set([...own, ...more]), depth),
  };
  function writeOut(named: NamedType, args: readonly TSType[], min: number): Parts | undefined {
    if (named.type !== 'TSTypeAliasDeclaration' && named.type !== 'TSInterfaceDeclaration') {
      return undefined;
    }
    const parameters = named.typeParameters?.params ?? [];
    // A conditional or mapped type distributes over a union if its operand is a type
    // parameter, but not if it is the union itself.
    if (parameters.length > 0 && distributes(named)) return undefined;
    const types = new Map(
      parameters.map(({ name, default: fallback }, index) => {
        const node = args[index] ?? fallback;
        const at = args[index] ? scope : fileScope(file);
        return [name.name, node ? { node, scope: at } : 'unknown'] as const;
      }),
    );
    const inner = namesIn(writing, { ...fileScope(file), types }, new Set(), depth + 1);
    if (named.type === 'TSTypeAliasDeclaration') return printType(named.typeAnnotation, min, inner);
    return named.extends.length > 0 ? undefined : printMembers(named.body.body, inner);
  }
  return names;
}

const importOf = (file: SourceFile, name: string): TsImport => ({
  name,
  from: { file: file.path },
});

function distributes(node: object): boolean {
  return Object.entries(node).some(
    ([key, value]) =>
      (key === 'type' && (value === 'TSConditionalType' || value === 'TSMappedType')) ||
      (key !== 'parent' && typeof value === 'object' && value !== null && distributes(value)),
  );
}

/** The values of `(typeof words)[number]` for a list that the file does not export. */
function wordsOf(sources: Sources, node: TSType, min: number, scope: Scope): Parts | undefined {
  if (node.type !== 'TSIndexedAccessType' || node.indexType.type !== 'TSNumberKeyword') {
    return undefined;
  }
  let list = node.objectType;
  while (list.type === 'TSParenthesizedType') list = list.typeAnnotation;
  if (list.type !== 'TSTypeQuery' || list.exprName.type !== 'Identifier') return undefined;
  const { name } = list.exprName;
  const { file } = scope;
  if (scope.values.has(name) || file.exportedAs.has(name)) return undefined;
  const value = file.values.get(name)?.node;
  if (value?.type !== 'TSAsExpression') return undefined;
  const { typeAnnotation } = value;
  if (typeAnnotation.type !== 'TSTypeReference') return undefined;
  if (typeAnnotation.typeName.type !== 'Identifier') return undefined;
  if (typeAnnotation.typeName.name !== 'const') return undefined;
  const found = follow(sources, { node: value, scope: fileScope(file) });
  if (found.kind !== 'node' || found.node.type !== 'ArrayExpression') return undefined;
  const words = found.node.elements.map((element) =>
    element?.type === 'Literal' && typeof element.value === 'string' ? quote(element.value) : '',
  );
  if (words.length === 0 || words.includes('')) return undefined;
  const union = words.join(' | ');
  return [words.length > 1 && min > UNION ? `(${union})` : union];
}

/** Merges adjacent strings. */
function merge(parts: Parts): Parts {
  const merged: (string | TsImport)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      merged[merged.length - 1] = last + part;
    } else if (part !== '') merged.push(part);
  }
  return merged;
}
