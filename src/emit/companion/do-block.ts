import { quoteBody } from '../../model/quote-sql.ts';

/** An anonymous block. */
export const doBlock = (body: string): string => `do ${quoteBody(body)};`;
