import { readDecimal, roundDecimal } from '../kit/constraint/decimal.ts';
import { codePoints } from '../kit/constraint/predicate.ts';
import type { ColumnType } from '../model/column-type.ts';

/**
 * What a CHECK sees of a value: Postgres has made it one of the column's type before,
 * cut or rounded it. Gives nothing where the type takes a value as it is.
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
      // Blanks at the end fill the column up, and count for nothing.
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

/** What is over the length can only be blanks: other text is refused before. */
const cutTo = (text: string, length: number): string =>
  text.length <= length || codePoints(text) <= length ? text : [...text].slice(0, length).join('');
