import type { Draw } from './draw.ts';
import { drawText } from './draw-text.ts';
import type { WorldColumn } from './world.ts';

/**
 * A few values of each type. Rows, literals and claims of a world share them, so that
 * they often match.
 */
export interface Pools {
  readonly uuid: readonly string[];
  readonly text: readonly string[];
  readonly integer: readonly number[];
  readonly boolean: readonly boolean[];
  readonly moment: readonly number[];
  readonly role: readonly string[];
}

const UUIDS = [
  '00000000-0000-0000-0000-000000000000',
  '018f2b6a-7c3d-7e4f-8a9b-0c1d2e3f4a5b',
  '018f2b6a-7c3d-7e4f-8a9b-0c1d2e3f4a5c',
  'abcdef00-0000-4000-8000-00000000000a',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'a1b2c3d4-e5f6-4a1b-9c2d-3e4f5a6b7c8d',
];

// Texts that an enforcer might fold, trim, escape, or order by another unit.
const TEXTS = [
  'a',
  'A',
  '',
  'b',
  'a ',
  'e\u0301',
  '\u00e9',
  '\u0130',
  'i',
  '\u{1f600}',
  '\uff5e',
  "o'clock",
  'back\\slash',
  'per%_cent',
  '{x}',
  '$1',
  'null',
  '0',
  'true',
  'A0000000-0000-0000-0000-00000000000A',
];

const INTEGERS = [
  0,
  1,
  -1,
  2,
  10,
  2_147_483_647,
  -2_147_483_648,
  4_294_967_296,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
];

// Adjacent milliseconds, both sides of 1970, a leap day, and four-digit years only. Values
// far from today are whole seconds, because Zero passes a moment to Postgres as seconds in
// a double.
const MOMENTS = [
  0, 1, -1, 1_709_164_800_000, 1_709_164_800_001, 1_700_000_000_999, -62_135_596_800_000,
  253_402_300_799_000,
];

const ROLES = ['admin', 'editor', 'Admin', '', "o'clock", 'admin,editor', '{admin}'];

/** Draws the pools; with `given`, mixes in values from there. `anyText`: with texts of everything that a text may hold. */
export function drawPools(draw: Draw, given?: Pools, anyText = false): Pools {
  if (given) {
    const mixed = <T>(own: readonly T[], others: readonly T[]): readonly T[] => [
      ...draw.some(own, Math.min(2, own.length), 4),
      ...draw.some(others, 1, 2),
    ];
    return {
      uuid: [...draw.some(given.uuid, 0, 2), ...draw.some(UUIDS, 4, 4)],
      text: mixed(given.text, TEXTS),
      integer: mixed(given.integer, SMALL_INTEGERS),
      boolean: [true, false],
      moment: mixed(given.moment, SECONDS),
      role: mixed(given.role, ROLES),
    };
  }
  return {
    uuid: draw.some(UUIDS, 5, 5),
    text: anyText ? [...draw.some(TEXTS, 2, 3), drawText(draw)] : draw.some(TEXTS, 2, 4),
    integer: draw.some(INTEGERS, 2, 3),
    boolean: [true, false],
    moment: draw.some(MOMENTS, 2, 3),
    role: [...draw.some(ROLES, 2, 3), ...(anyText && draw.percent(30) ? [drawText(draw)] : [])],
  };
}

/** Values that fit into any column, because the user's tables may have narrow types. */
const SMALL_INTEGERS = INTEGERS.filter((integer) => Math.abs(integer) < 32_768);
const SECONDS = MOMENTS.filter((moment) => moment % 1_000 === 0);

/** A value of the column's type, except NULL. */
export function drawValue(
  draw: Draw,
  pools: Pools,
  column: WorldColumn,
): string | number | boolean {
  const { type, only, enum: own } = column;
  const all: readonly (string | number | boolean)[] =
    only ?? (type === 'enum' ? (own?.labels ?? []) : pools[type]);
  if ((only ?? column.longest ?? column.largest ?? column.step) === undefined)
    return draw.pick(all);
  const fitting = all.filter((value) => fitsColumn(value, column));
  return fitting.length > 0 ? draw.pick(fitting) : SMALLEST[type];
}

/** Whether the column's real type stores a value unchanged. */
export function fitsColumn(
  value: string | number | boolean,
  { only, longest = Infinity, largest = Infinity, step = 1 }: WorldColumn,
): boolean {
  if (only) return only.includes(String(value));
  if (typeof value === 'string') return value.length <= longest;
  return typeof value !== 'number' || (Math.abs(value) <= largest && value % step === 0);
}

/** A value of each type that every column of the type can store. */
const SMALLEST: Readonly<Record<WorldColumn['type'], string | number | boolean>> = {
  uuid: '00000000-0000-0000-0000-000000000000',
  text: '',
  integer: 0,
  boolean: false,
  moment: 0,
  enum: '',
};
