import type { JsonBounds } from '../constraint.ts';
import { readDecimal } from './decimal.ts';

/**
 * Whether `jsonb` stores the value unchanged and within the limits. The recursion ends at
 * `maxDepth` and at `maxBytes`, so no value overflows the stack or takes long.
 */
export function isWithinJson(value: unknown, { shape, maxBytes, maxDepth }: JsonBounds): boolean {
  if (shape === 'array' && !Array.isArray(value)) return false;
  if (shape === 'object' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    return false;
  }
  return bytesLeft(value, maxBytes, maxDepth) >= 0;
}

const encoder = new TextEncoder();
const REFUSED = -1;
/** Bytes of ", " between elements, and of ": " after a key. */
const SEPARATOR = 2;
const BRACKETS = 2;

/** The budget that remains after the value's text in Postgres; negative if it is refused. */
function bytesLeft(value: unknown, budget: number, levels: number): number {
  switch (typeof value) {
    case 'string':
      return textLeft(value, budget);
    case 'number':
      return Number.isFinite(value) ? budget - numberLength(value) : REFUSED;
    case 'boolean':
      return budget - (value ? 4 : 5);
    case 'object':
      if (value === null) return budget - 4;
      return Array.isArray(value)
        ? listLeft(value, budget, levels)
        : objectLeft(value, budget, levels);
    default:
      return REFUSED;
  }
}

function listLeft(items: readonly unknown[], budget: number, levels: number): number {
  if (items.length === 0) return budget - BRACKETS;
  if (levels === 0) return REFUSED;
  let left = budget - BRACKETS - SEPARATOR * (items.length - 1);
  // By index: an iteration method would skip the holes of a sparse array.
  for (let at = 0; at < items.length && left >= 0; at += 1) {
    left = bytesLeft(items[at], left, levels - 1);
  }
  return left;
}

function objectLeft(value: object, budget: number, levels: number): number {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return REFUSED;
  const keys = Object.keys(value);
  if (keys.length === 0) return budget - BRACKETS;
  if (levels === 0) return REFUSED;
  let left = budget - BRACKETS - SEPARATOR * (2 * keys.length - 1);
  for (const key of keys) {
    if (left < 0) return REFUSED;
    left = textLeft(key, left);
    if (left >= 0) left = bytesLeft((value as Record<string, unknown>)[key], left, levels - 1);
  }
  return left;
}

/** `jsonb` escapes the same characters as JSON.stringify(), and cannot store NUL and lone surrogates. */
function textLeft(text: string, budget: number): number {
  if (text.length + BRACKETS > budget) return REFUSED;
  if (text.includes('\0') || !text.isWellFormed()) return REFUSED;
  return budget - encoder.encode(JSON.stringify(text)).length;
}

/** `jsonb` stores a numeric, which prints all digits instead of an exponent. */
function numberLength(value: number): number {
  const text = String(value);
  const decimal = text.includes('e') ? readDecimal(text) : undefined;
  if (decimal === undefined) return Object.is(value, -0) ? 1 : text.length;
  const { digits, point, negative } = decimal;
  const fraction = Math.max(digits.length - point, 0);
  const whole = Math.max(point, 1);
  return Number(negative) + whole + (fraction > 0 ? fraction + 1 : 0);
}
