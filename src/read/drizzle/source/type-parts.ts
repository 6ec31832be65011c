import type { TSType } from 'oxc-parser';
import type { TsImport } from '../../../model/ts-type.ts';

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

/** Thrown where a type cannot be printed, and caught by {@link attempt} alone. */
class Unprintable extends Error {}

/** What is printed, or nothing where something in it cannot be. */
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

/** Gives up on the type that is being printed. */
export function fail(): never {
  throw new Unprintable();
}
