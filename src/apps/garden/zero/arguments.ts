import * as z from 'zod/mini';
import { registries } from '../tables/registry.ts';
import { VISIBLE } from '../../../kit/constraint/blank.ts';
import { CONTROL } from '../../../kit/constraint/control.ts';

// What queries and mutators take. The rows' own constraints are Postgres' to check; these
// say the same, so that a form learns of a mistake before anything is sent.

/** As Postgres writes a uuid: another spelling of a key would be another row on the client. */
export const rowId = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a uuid, in lower case'));

/** A client's clock, in milliseconds. */
export const moment = z.int().check(z.gte(0), z.lte(253_402_300_799_999));

export const registry = z.enum(registries);

/** Text that Postgres can hold, of at most so many characters. */
export const text = (max: number): z.ZodMiniString<string> =>
  z.string().check(
    z.refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be plain text'),
    // Postgres counts characters, JavaScript halves of them.
    z.refine(
      (value) => value.length <= max || [...value].length <= max,
      `must have at most ${max} characters`,
    ),
  );

/** Text of a form, and what to say of any other. */
export const form = (
  pattern: RegExp | string,
  max: number,
  otherwise: string,
): z.ZodMiniString<string> => text(max).check(z.regex(new RegExp(pattern, 'u'), otherwise));

/** Text with at least one visible character and no control characters. */
export const printable = (max: number): z.ZodMiniString<string> =>
  form(VISIBLE, max, 'must not be blank').check(
    z.refine((value) => !HAS_CONTROL.test(value), 'must have no control characters'),
  );

const HAS_CONTROL = new RegExp(CONTROL, 'u');

export const slug = form(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  64,
  'must be lower case words and numbers with hyphens between',
);

/** Where a page of a list begins: after the row with this id, which has this in the sorted column. */
const cursor = <Value extends z.ZodMiniType>(value: Value) => z.strictObject({ id: rowId, value });

// zero-cache ends all queries of a connection where text is compared with a number.
const sortedText = text(512);
const sortedNumber = z.number();

/** Of a list that is sorted by a text. */
export const textCursor = cursor(sortedText);

/** Of a list that is sorted by a moment. */
export const momentCursor = cursor(sortedNumber);

/** Of a list that is sorted by either: what asks for it must check which. */
export const eitherCursor = cursor(z.union([sortedText, sortedNumber], 'must be text or a number'));

/** Rows of a page. */
export const limit = z.int().check(z.gte(1), z.lte(200));

export const DEFAULT_LIMIT = 50;
