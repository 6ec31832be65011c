import { predicate } from '../model/values/predicate.ts';
import type { Column } from '../model/column.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Table } from '../model/table.ts';
import { constraintsOf } from './column-constraints.ts';
import { jsonValues, textLists } from './container-edges.ts';
import { drawColumn } from './draw-row.ts';
import { mostCharacters } from './draw-text.ts';
import { seededRandom } from './random.ts';
import { textOfPattern } from './text-of-pattern.ts';

/** Values on both sides of a constraint's boundary. */
export interface EdgeValues {
  /** Values that all constraints of the column allow. */
  readonly allowed: readonly unknown[];
  readonly forbidden: readonly unknown[];
}

/** One character, two UTF-16 units, four bytes. */
const WIDE = '😀';
/** Blank texts, which not every trim() recognizes. */
const BLANKS = ['', ' ', '\t\r\n', '\u00a0', '\u2003\u3000', '\u200b', '\ufeff'];

const CONTROLS = ['a\nb', 'a\tb', 'a\u001bb', 'a\u007fb', 'a\u0085b'];

/** Values at the boundary of a constraint of the kit, derived from its data. */
export function edgeValues(table: Table, column: Column, constraint: Constraint): EdgeValues {
  const constraints = constraintsOf(table, column);
  const rules = constraints.map((one) => predicate(one));
  const holds = predicate(constraint);
  const values = fittingType(column, [...new Set(candidates(table, column, constraint))]);
  return {
    allowed: values.filter((value) => rules.every((rule) => rule(value))),
    forbidden: values.filter((value) => !holds(value)),
  };
}

function candidates(table: Table, column: Column, constraint: Constraint): readonly unknown[] {
  switch (constraint.kind) {
    case 'between':
      return aroundBounds(column, constraint);
    case 'oneOf':
      return ['', 'nonsense', ...constraint.values, ...constraint.values.flatMap(misspelt)];
    case 'notBlank':
      return [...BLANKS, 'x', ' x ', '\u00a0x', ...lengths(constraint.max)];
    case 'printable':
      return [...BLANKS, 'x', ' x ', 'a b', ...CONTROLS, ...lengths(constraint.max)];
    case 'textItems':
      return textLists(constraint);
    case 'json':
      return jsonValues(constraint);
    case 'text': {
      const drawn = [0, 1, 2].map((row) => String(drawColumn(table, column, { seed: 1, row })));
      const most = mostCharacters({ kind: 'text' }, constraintsOf(table, column));
      const texts = [...drawn, ...matching(constraint.pattern)];
      return [
        ...texts.flatMap((text) => varied(text, most)),
        ...BLANKS,
        ...lengths(constraint.max),
      ];
    }
  }
}

const misspelt = (word: string): readonly string[] => [
  `${word} `,
  ` ${word}`,
  `${word}\n`,
  word.toUpperCase(),
];

function varied(text: string, most: number): readonly string[] {
  const edges = Number.isFinite(most) ? [padded(text, most), padded(text, most + 1)] : [];
  const around = ['\n', ' ', '!', '-', 'é'].flatMap((one) => [`${text}${one}`, `${one}${text}`]);
  return [
    text,
    text.toUpperCase(),
    text.slice(1),
    text.slice(0, -1),
    text + text,
    ...around,
    ...edges,
  ];
}

function matching(pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return [];
  const random = seededRandom(pattern);
  return [0, 1, 2, 3].flatMap((at) => textOfPattern(pattern, random, at === 0 ? 0 : 1) ?? []);
}

/** Pads a text by repeating its last character, so that it often still matches its pattern. */
const padded = (text: string, length: number): string =>
  text + (text.at(-1) ?? 'x').repeat(Math.max(0, length - text.length));

const lengths = (max: number | undefined): readonly string[] =>
  max === undefined ? [] : ['x', WIDE].flatMap((one) => [one.repeat(max), one.repeat(max + 1)]);

function aroundBounds(
  { type }: Column,
  { min, max }: Extract<Constraint, { kind: 'between' }>,
): readonly unknown[] {
  const bounds = [min, max].flatMap((bound) => bound ?? []);
  const step = type.kind === 'numeric' ? 10 ** -(type.scale ?? 0) : 1;
  return bounds
    .flatMap((bound) => [bound, bound - step, bound + step])
    .map((number) => {
      if (type.kind === 'integer' && type.as === 'bigint') return BigInt(number);
      if (type.kind !== 'numeric') return number;
      const text = number.toFixed(type.scale ?? 0);
      if (type.as === 'bigint') return BigInt(text);
      return type.as === 'string' ? text : Number(text);
    });
}

/** Removes values that the type refuses before any check runs. */
function fittingType({ type }: Column, values: readonly unknown[]): readonly unknown[] {
  return values.filter((value) => {
    if (type.kind === 'integer') {
      const limit = 2 ** (type.bits - 1);
      return Number(value) >= -limit && Number(value) < limit;
    }
    if (type.kind === 'varchar' || type.kind === 'char') {
      return [...String(value)].length <= (type.length ?? Infinity);
    }
    return type.kind !== 'enum' || type.values.includes(String(value));
  });
}
