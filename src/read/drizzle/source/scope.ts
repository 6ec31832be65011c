import type { Expression, Class, Function as FunctionNode, TSType } from 'oxc-parser';
import type { SourceFile } from './source-file.ts';

/** Where names are looked up: a file, and within it the functions that are being followed. */
export interface Scope {
  readonly file: SourceFile;
  /** What the parameters and constants of a function stand for. */
  readonly values: ReadonlyMap<string, Bound>;
  /** What its type parameters stand for. */
  readonly types: ReadonlyMap<string, TypeRef | 'unknown'>;
  /** How many functions deep. */
  readonly calls: number;
}

/** `builders` is what Drizzle hands to a function that makes columns: `(t) => ({ id: t.uuid() })`. */
export type Bound = Ref | 'builders' | 'unknown';

/** An expression, and where its names are looked up. */
export interface Ref {
  readonly node: Expression | FunctionNode | Class;
  readonly scope: Scope;
}

/** A type, and where its names are looked up. */
export interface TypeRef {
  readonly node: TSType;
  readonly scope: Scope;
}

/** The scope at the top of a file. */
export function fileScope(file: SourceFile): Scope {
  return { file, values: new Map(), types: new Map(), calls: 0 };
}
