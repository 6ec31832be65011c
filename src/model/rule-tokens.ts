import { quoteName, quoteText } from './quote-sql.ts';

/**
 * Parts of companion SQL that depend on the access rules. The generator replaces them, so that a
 * function applies the same rules as the policies. They are valid SQL.
 */

/**
 * Stands for the condition that the principal may read the row `alias` of a table. `claims` are
 * expressions for claims that the function has read already.
 */
export const mayReadToken = (
  table: string,
  alias: string,
  claims: Readonly<Record<string, string>> = {},
): string => {
  const given = Object.entries(claims).map(([claim, sql]) => `, ${quoteText(`${claim} ${sql}`)}`);
  return `${quoteName('access', 'may_read')}(${quoteText(table)}, ${quoteName(alias)}${given.join('')})`;
};

/** Stands for a claim of the principal; NULL if it is missing. */
export const claimToken = (claim: string): string =>
  `${quoteName('access', 'claim')}(${quoteText(claim)})`;

/** Stands for the application's database roles, in GRANT. */
export const ROLES_TOKEN: string = quoteName('access roles');

const MAY_READ =
  /"access"\."may_read"\('((?:[^']|'')+)', "((?:[^"]|"")+)"((?:, '(?:[^']|'')+')*)\)/g;

const CLAIM = /"access"\."claim"\('((?:[^']|'')+)'\)/g;

/** Replaces the tokens in a statement. */
export const fillTokens = (
  sql: string,
  values: {
    readonly mayRead: (
      table: string,
      alias: string,
      claims: Readonly<Record<string, string>>,
    ) => string;
    readonly claim: (name: string) => string;
    readonly roles: () => string;
  },
): string =>
  sql
    .replaceAll(MAY_READ, (_, table: string, alias: string, given: string) =>
      values.mayRead(
        table.replaceAll("''", "'"),
        alias.replaceAll('""', '"'),
        Object.fromEntries(
          [...given.matchAll(/'((?:[^']|'')+)'/g)].map(([, text = '']) => {
            const [claim = '', ...expression] = text.replaceAll("''", "'").split(' ');
            return [claim, expression.join(' ')];
          }),
        ),
      ),
    )
    .replaceAll(CLAIM, (_, name: string) => values.claim(name.replaceAll("''", "'")))
    .replaceAll(ROLES_TOKEN, () => values.roles());
