import { predicate } from '../model/values/predicate.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Constraint } from '../model/constraint.ts';
import type { ValuePlace } from './value-place.ts';
import { textOfPattern } from './text-of-pattern.ts';

type TextType = Extract<ColumnType, { kind: 'text' | 'varchar' | 'char' }>;

/** Attempts to draw a text from a pattern that satisfies the other constraints too. */
const TRIES = 40;

/** A text that satisfies the constraints, and differs from row to row if they allow it. */
export function drawText(
  type: TextType,
  constraints: readonly Constraint[],
  place: ValuePlace,
): string {
  const words = [
    ...(type.values ? [type.values] : []),
    ...constraints.flatMap((one) => (one.kind === 'oneOf' ? [one.values] : [])),
  ];
  const rules = constraints.map((constraint) => predicate(constraint));
  const fits = (text: string): boolean =>
    words.every((list) => list.includes(text)) && rules.every((holds) => holds(text));
  const [list] = words;
  if (list) {
    const allowed = list.filter(fits);
    return allowed[place.row % allowed.length] ?? list[0] ?? '';
  }
  const most = mostCharacters(type, constraints);
  const patterns = constraints.flatMap((one) =>
    one.kind === 'text' && one.pattern !== undefined ? [one.pattern] : [],
  );
  for (let left = TRIES; left > 0; left -= 1) {
    for (const pattern of patterns) {
      const text = textOfPattern(pattern, place.random, left < TRIES / 4 ? 0 : 1);
      if (text !== undefined && [...text].length <= most && fits(text)) return text;
    }
  }
  return plainText(place, most);
}

/** Maximum number of characters that the type and the constraints allow. */
export function mostCharacters(
  type: { readonly kind: string; readonly length?: number },
  constraints: readonly Constraint[],
): number {
  return Math.min(
    type.length ?? Infinity,
    ...constraints.map((one) =>
      'max' in one && one.kind !== 'between' ? (one.max ?? Infinity) : Infinity,
    ),
  );
}

function plainText({ name, row, random }: ValuePlace, most: number): string {
  const suffix =
    row.toString(36) +
    random
      .below(36 ** 5)
      .toString(36)
      .padStart(5, '0');
  const text = `${name}-${suffix}`;
  return text.length <= most ? text : suffix.slice(0, Math.max(0, most));
}
