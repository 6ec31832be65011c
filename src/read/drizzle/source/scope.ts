import type { Expression, Class, Function as FunctionNode, TSType } from 'oxc-parser';
import type { SourceFile } from './source-file.ts';

/** The scope in which names are resolved: a file, and the functions whose bodies are being read. */
export interface Scope {
  readonly file: SourceFile;
  /** The values of a function's parameters and constants. */
  readonly values: ReadonlyMap<string, Bound>;
  /** The types bound to its type parameters. */
  readonly types: ReadonlyMap<string, TypeRef | 'unknown'>;
  /** The depth of function calls. */
  readonly calls: number;
}

/**
 * `builders` is Drizzle's argument to a function that creates columns: `(t) => ({ id:
 * t.uuid() })`.
 */
export type Bound = Ref | 'builders' | 'unknown';

/** An expression, and the scope of its names. */
export interface Ref {
  readonly node: Expression | FunctionNode | Class;
  readonly scope: Scope;
}

/** A type, and the scope of its names. */
export interface TypeRef {
  readonly node: TSType;
  readonly scope: Scope;
}

/** The top-level scope of a file. */
export function fileScope(file: SourceFile): Scope {
  return { file, values: new Map(), types: new Map(), calls: 0 };
}
