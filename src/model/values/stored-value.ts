import { readDecimal, roundDecimal } from './decimal.ts';
import { codePoints } from './predicate.ts';
import type { ColumnType } from '../column-type.ts';

/**
 * The value that a CHECK sees: before it runs, Postgres converts the value to the
 * column's type, truncated or rounded. `undefined` if the type keeps values unchanged.
 */
export function storedValue(type: ColumnType): ((value: never) => unknown) | undefined {
  switch (type.kind) {
    case 'text':
      return wellFormed;
    case 'varchar': {
      const { length = Infinity } = type;
      return (value: string) => cutTo(wellFormed(value), length);
    }
    case 'char':
      // Trailing blanks are padding and not significant.
      return (value: string) => wellFormed(value).replace(/(?<! ) +$/, '');
    case 'float':
      return type.bits === 32 ? Math.fround : undefined;
    case 'numeric': {
      const { precision, scale = 0 } = type;
      if (precision === undefined) return undefined;
      return (value: unknown) => {
        const decimal = readDecimal(String(value));
        return decimal && roundDecimal(decimal, scale);
      };
    }
    default:
      return undefined;
  }
}

const wellFormed = (text: string): string => text.toWellFormed();

/** Only trailing blanks can exceed the length, because other text is refused earlier. */
const cutTo = (text: string, length: number): string =>
  text.length <= length || codePoints(text) <= length ? text : [...text].slice(0, length).join('');
