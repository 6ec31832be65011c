type Volatility = 'stable' | 'stable parallel safe' | 'volatile';

/**
 * The clauses of every plpgsql function that runs as its owner, from the language to the body. The
 * fixed search path keeps callers from redirecting its names. With row_security off, an owner that
 * is subject to the policies gets an error instead of too few rows. `comment` explains this in the SQL.
 */
export const definerClauses = (volatility?: Volatility, comment?: string): string =>
  [
    `language plpgsql ${volatility === undefined ? '' : `${volatility} `}security definer`,
    'set search_path = pg_catalog, pg_temp',
    ...(comment === undefined ? [] : [`-- ${comment}`]),
    'set row_security = off',
  ].join('\n');

/** Lets only these roles call a function. Trigger functions need no caller. */
export const executeOnly = (signature: string, roles?: string): string =>
  [
    `revoke execute on function ${signature} from public;`,
    ...(roles === undefined ? [] : [`grant execute on function ${signature} to ${roles};`]),
  ].join('\n--> statement-breakpoint\n');
