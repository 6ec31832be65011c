import type { TSType } from 'oxc-parser';
import type { TsImport } from '../../../model/ts-type.ts';

/** The text of a type, in which imported names are objects. */
export type Parts = readonly (string | TsImport)[];

/** Resolves the names in a type. Returns `undefined` if a name cannot be resolved. */
export interface Names {
  /** A plain name with its type arguments; it may resolve to a longer type. */
  reference(name: string, args: readonly TSType[], min: number): Parts | undefined;
  /** The first name of `A.B.C` or of `typeof a.b`. */
  root(name: string, meaning: 'type' | 'value'): Parts | undefined;
  /** `import('specifier').name`. */
  imported(specifier: string, name: string): Parts | undefined;
  /** A replacement for the text of a type, for example for `(typeof words)[number]`. */
  instead(node: TSType, min: number): Parts | undefined;
  /** Resolves names inside a node that declares its own type names. */
  within(own: readonly string[]): Names;
}

/** Thrown if a type cannot be printed; only {@link attempt} catches it. */
class Unprintable extends Error {}

/** The printed type, or undefined if part of it cannot be printed. */
export function attempt(print: () => Parts): Parts | undefined {
  try {
    return print();
  } catch (error) {
    if (error instanceof Unprintable) return undefined;
    throw error;
  }
}

export const join = (all: readonly Parts[], between: string): Parts =>
  all.flatMap((each, index) => (index === 0 ? each : [between, ...each]));

export function orFail(parts: Parts | undefined): Parts {
  return parts ?? fail();
}

/** Stops printing the current type. */
export function fail(): never {
  throw new Unprintable();
}
