import * as z from 'zod';
import { quote } from '../report/show-setting.ts';

interface Wording {
  /** The text after "must be". */
  readonly message: string;
  /** An example as source text. */
  readonly example: string;
}

/** A setting without parts: only the whole value is valid or invalid. */
export const setting = (
  isRight: (value: unknown) => boolean,
  { message, example }: Wording,
): z.ZodType => z.custom(isRight, { message, params: { example }, abort: true });

/** A string that is not empty. */
export const text = (example: string): z.ZodType =>
  z.custom((value) => typeof value === 'string' && value !== '', {
    error: ({ input }) => (input === '' ? 'a string that is not empty' : 'a string'),
    params: { example: quote(example) },
    abort: true,
  });

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

export const names: z.ZodType = setting((value) => isTexts(value) && value.length > 0, {
  message: 'a list of names',
  example: "['name']",
});

/** The join table and the target table. */
export const twoNames: z.ZodType = setting((value) => isTexts(value) && value.length === 2, {
  message: 'two names in a list',
  example: "['joinTable', 'target']",
});
