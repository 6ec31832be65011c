import { quoteName, quoteText } from './quote-sql.ts';

/**
 * Parts of companion SQL that depend on the access rules. The generator replaces them, so that a
 * function applies the same rules as the policies. They are valid SQL.
 */

/** Stands for the condition that the principal may read the row `alias` of a table. */
export const mayReadToken = (table: string, alias: string): string =>
  `${quoteName('access', 'may_read')}(${quoteText(table)}, ${quoteName(alias)})`;

/** Stands for a claim of the principal; NULL if it is missing. */
export const claimToken = (claim: string): string =>
  `${quoteName('access', 'claim')}(${quoteText(claim)})`;

/** Stands for the application's database roles, in GRANT. */
export const ROLES_TOKEN: string = quoteName('access roles');

const MAY_READ = /"access"\."may_read"\('((?:[^']|'')+)', "((?:[^"]|"")+)"\)/g;

const CLAIM = /"access"\."claim"\('((?:[^']|'')+)'\)/g;

/** Replaces the tokens in a statement. */
export const fillTokens = (
  sql: string,
  values: {
    readonly mayRead: (table: string, alias: string) => string;
    readonly claim: (name: string) => string;
    readonly roles: () => string;
  },
): string =>
  sql
    .replaceAll(MAY_READ, (_, table: string, alias: string) =>
      values.mayRead(table.replaceAll("''", "'"), alias.replaceAll('""', '"')),
    )
    .replaceAll(CLAIM, (_, name: string) => values.claim(name.replaceAll("''", "'")))
    .replaceAll(ROLES_TOKEN, () => values.roles());
