import type { Constraint, JsonBounds } from '../model/constraint.ts';

/** One character, two UTF-16 units, four bytes. */
const WIDE = '😀';

/** Lists at the limits of a text array, and with elements that are NULL or blank. */
export function textLists({
  maxItems,
  maxLength,
}: Extract<Constraint, { kind: 'textItems' }>): readonly unknown[] {
  const times = (length: number): readonly string[] => Array.from({ length }, (_, at) => `${at}`);
  return [
    [],
    ['x'],
    ['x', 'x'].slice(0, maxItems),
    times(maxItems).map((text) => text.slice(-maxLength)),
    times(maxItems + 1).map((text) => text.slice(-maxLength)),
    ...['x', WIDE].flatMap((one) => [[one.repeat(maxLength)], [one.repeat(maxLength + 1)]]),
    [`${'x'.repeat(maxLength)} `],
    [null],
    ['x', null],
    ...['', ' ', '\t\n', '\u00a0', '\u200b'].flatMap((blank) => [[blank], ['x', blank]]),
    ['null'],
    ['"', '\\', '{}', ','].slice(0, maxItems),
  ];
}

/** Values at the limits of size and depth, and of each type at the top level. */
export function jsonValues({ shape, maxBytes, maxDepth }: JsonBounds): readonly unknown[] {
  const shaped = (value: unknown): unknown => (shape === 'array' ? [value] : { k: value });
  const overhead = shape === 'array' ? 4 : 9;
  const filled = (bytes: number): unknown => shaped('x'.repeat(Math.max(bytes - overhead, 0)));
  return [
    {},
    [],
    'text',
    1,
    true,
    ...[maxBytes, maxBytes + 1].map(filled),
    ...[maxDepth, maxDepth + 1].map((depth) => shaped(nested(depth - 1))),
    shaped(1e20),
    shaped(5e-324),
    shaped(-1.5e-7),
    shaped('\u0001"\\/é😀'),
  ];
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
