import * as z from 'zod/v4/mini';
import { registries } from '../tables/registry.ts';
import { VISIBLE } from '../../../model/values/blank.ts';
import { CONTROL } from '../../../model/values/control.ts';
import { moment, rowId } from '../../../guard/crud/arguments.ts';

// Arguments of queries and mutators. Postgres checks the constraints of rows; these schemas repeat
// them, so that a form can show an error before anything is sent.

export { moment, rowId };

export const registry = z.enum(registries);

/** Text that Postgres can store, with a maximum length in characters. */
export const text = (max: number): z.ZodMiniString<string> =>
  z.string().check(
    z.refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be plain text'),
    // Postgres counts code points, JavaScript UTF-16 code units.
    z.refine(
      (value) => value.length <= max || [...value].length <= max,
      `must have at most ${max} characters`,
    ),
  );

/** Text that matches a pattern, with an error message for other text. */
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
  'must be lower-case words and numbers separated by hyphens',
);

/** Start of a page: the id of the row before it and that row's value in the sort column. */
const cursor = <Value extends z.ZodMiniType>(value: Value) => z.strictObject({ id: rowId, value });

// zero-cache ends all queries of a connection if one compares text with a number.
const sortedText = text(512);
const sortedNumber = z.number();

/** Cursor of a list sorted by text. */
export const textCursor = cursor(sortedText);

/** Cursor of a list sorted by time. */
export const momentCursor = cursor(sortedNumber);

/**
 * Cursor of a list that is sorted by text or by time. The caller must check the type of the
 * value.
 */
export const eitherCursor = cursor(z.union([sortedText, sortedNumber], 'must be text or a number'));

/** Maximum number of rows of a page. */
export const limit = z.int().check(z.gte(1), z.lte(200));

export const DEFAULT_LIMIT = 50;
