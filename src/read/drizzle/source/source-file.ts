import type {
  Class,
  Comment,
  Expression,
  Function as FunctionNode,
  Program,
  Statement,
  TSEnumDeclaration,
  TSInterfaceDeclaration,
  TSModuleDeclaration,
  TSTypeAliasDeclaration,
  TSTypeName,
} from 'oxc-parser';
import { parseTypescript } from './parse-typescript.ts';
import type { Place } from '../../../report/place.ts';
import { docText } from '../doc-text.ts';
import { patternNames } from './pattern-names.ts';

/** The name of an import in its own module; `*` is the namespace. */
export interface Imported {
  readonly name: string;
  readonly specifier: string;
}

/** A value that a file defines at the top level. */
export interface Value {
  /** Absent if it is destructured from an object or array. */
  readonly node?: Expression | FunctionNode | Class;
  /** The start of the statement, where its doc comment ends. */
  readonly start: number;
}

export type NamedType = TSTypeAliasDeclaration | TSInterfaceDeclaration | Class | TSEnumDeclaration;

/** A file's text, with its definitions, imports and exports by name. */
export interface SourceFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, Value>;
  readonly types: ReadonlyMap<string, NamedType | 'other'>;
  readonly imports: ReadonlyMap<string, Imported>;
  /** The exports by name: each is a name in this file, or an import from another module. */
  readonly exports: ReadonlyMap<string, string | Imported>;
  /** The exported names, by the names in this file. */
  readonly exportedAs: ReadonlyMap<string, string>;
  /** The modules of `export * from`. */
  readonly stars: readonly string[];
  placeOf(offset: number): Place;
  docBefore(offset: number): string | undefined;
}

/** Parses a file's text; `undefined` if a syntax error prevents it. */
export function parseSource(path: string, text: string): SourceFile | undefined {
  const { program, comments, errors } = parseTypescript(path, text, { preserveParens: false });
  if (errors.length > 0 && program.body.length === 0) return undefined;
  const lines = lineStarts(text);
  return {
    path,
    ...collectNames(program),
    placeOf: (offset) => ({ file: path, line: countUpTo(lines, offset) }),
    docBefore: (offset) => docBefore(offset, comments, text),
  };
}

/** The name for the value of `export default <expression>`, which is not a valid identifier. */
const DEFAULT = '*default*';

interface Names {
  readonly values: Map<string, Value>;
  readonly types: Map<string, NamedType | 'other'>;
  readonly imports: Map<string, Imported>;
  readonly exports: Map<string, string | Imported>;
  readonly exportedAs: Map<string, string>;
  readonly stars: string[];
}

function collectNames(program: Program): Names {
  const names: Names = {
    values: new Map(),
    types: new Map(),
    imports: new Map(),
    exports: new Map(),
    exportedAs: new Map(),
    stars: [],
  };
  for (const statement of program.body) collectStatement(statement, names);
  for (const [exported, local] of names.exports) {
    if (typeof local === 'string' && !names.exportedAs.has(local)) {
      names.exportedAs.set(local, exported);
    }
  }
  return names;
}

function collectStatement(statement: Statement, names: Names): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      for (const entry of statement.specifiers) {
        const name =
          entry.type === 'ImportSpecifier'
            ? moduleName(entry.imported)
            : entry.type === 'ImportDefaultSpecifier'
              ? 'default'
              : '*';
        names.imports.set(entry.local.name, { name, specifier: statement.source.value });
      }
      return;
    case 'ExportAllDeclaration':
      if (statement.exported === null) names.stars.push(statement.source.value);
      else {
        const imported = { name: '*', specifier: statement.source.value };
        names.exports.set(moduleName(statement.exported), imported);
      }
      return;
    case 'ExportNamedDeclaration':
      for (const { local, exported } of statement.specifiers) {
        const name = moduleName(local);
        names.exports.set(
          moduleName(exported),
          statement.source ? { name, specifier: statement.source.value } : name,
        );
      }
      for (const name of declare(statement.declaration, statement.start, names)) {
        names.exports.set(name, name);
      }
      return;
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      if (declaration.type === 'Identifier') names.exports.set('default', declaration.name);
      else {
        const declared = declare(declaration, statement.start, names);
        names.exports.set('default', declared[0] ?? DEFAULT);
        if (declared.length === 0) {
          names.values.set(DEFAULT, { node: declaration as Expression, start: statement.start });
        }
      }
      return;
    }
    default:
      declare(statement, statement.start, names);
  }
}

/** Records the definitions of a statement, and returns their names. */
function declare(
  declaration: { readonly type: string } | null,
  start: number,
  names: Names,
): readonly string[] {
  const node = declaration as Statement | null;
  switch (node?.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id, init }) => {
        // The destructured values of `const { a } = …` are not followed.
        const node = id.type === 'Identifier' && init ? { node: init } : {};
        const own = patternNames(id);
        for (const name of own) names.values.set(name, { ...node, start });
        return own;
      });
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (!node.id) return [];
      names.values.set(node.id.name, { node, start });
      if (node.type === 'ClassDeclaration') nameType(names, node.id.name, node);
      return [node.id.name];
    case 'TSDeclareFunction':
      if (!node.id) return [];
      names.values.set(node.id.name, { start });
      return [node.id.name];
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSEnumDeclaration':
      nameType(names, node.id.name, node);
      if (node.type === 'TSEnumDeclaration') names.values.set(node.id.name, { start });
      return [node.id.name];
    case 'TSModuleDeclaration': {
      const name = firstName(node.id);
      if (name === undefined) return [];
      nameType(names, name, 'other');
      return [name];
    }
    case 'TSImportEqualsDeclaration':
      nameType(names, node.id.name, 'other');
      names.values.set(node.id.name, { start });
      return [node.id.name];
    default:
      return [];
  }
}

/**
 * Several declarations are merged: interfaces merge, and a namespace merges with any
 * declaration.
 */
function nameType(names: Names, name: string, type: NamedType | 'other'): void {
  names.types.set(name, names.types.has(name) ? 'other' : type);
}

/** `A` of `namespace A.B`; undefined for a module with a string name. */
function firstName(name: TSModuleDeclaration['id'] | TSTypeName): string | undefined {
  if (name.type === 'TSQualifiedName') return firstName(name.left);
  return name.type === 'Identifier' ? name.name : undefined;
}

const moduleName = (
  name:
    | { readonly type: 'Identifier'; readonly name: string }
    | { readonly type: 'Literal'; readonly value: string },
): string => (name.type === 'Identifier' ? name.name : name.value);

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The number of ascending values that are at most the limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The doc comment directly before a position, separated only by whitespace. */
function docBefore(start: number, comments: readonly Comment[], text: string): string | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((comments[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low - 1];
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
  if (text.slice(comment.end, start).trim() !== '') return undefined;
  return docText(comment.value.slice(1));
}
