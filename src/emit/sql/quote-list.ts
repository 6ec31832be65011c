import { quoteName } from '../../model/quote-sql.ts';

/** Column names as a list for SQL. */
export const quoteList = (names: readonly string[]): string =>
  names.map((name) => quoteName(name)).join(', ');
