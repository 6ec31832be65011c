import * as z from 'zod';
import { quote } from '../report/show-setting.ts';

interface Wording {
  /** As it follows "should be". */
  readonly message: string;
  /** One, as it is written. */
  readonly example: string;
}

/** A setting that is right or wrong as a whole. */
export const setting = (
  isRight: (value: unknown) => boolean,
  { message, example }: Wording,
): z.ZodType => z.custom(isRight, { message, params: { example }, abort: true });

/** A text that is not empty. */
export const text = (example: string): z.ZodType =>
  setting((value) => typeof value === 'string' && value !== '', {
    message: 'a text',
    example: quote(example),
  });

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

export const names: z.ZodType = setting((value) => isTexts(value) && value.length > 0, {
  message: 'a list of names',
  example: "['name']",
});

/** The join table and the table behind it. */
export const twoNames: z.ZodType = setting((value) => isTexts(value) && value.length === 2, {
  message: 'two names in a list',
  example: "['joinTable', 'target']",
});
