import { ProblemError } from '../report/problem.ts';

/** A validated database URL, with the parts that messages may show. */
export interface DatabaseUrl {
  readonly href: string;
  /** `user@host:port/database`. */
  readonly place: string;
  readonly database: string;
  /** Milliseconds, from libpq's `connect_timeout` in seconds. */
  readonly connectTimeout: number;
}

// Options of libpq in the URLs of hosted databases. The driver would send them to the
// server, which then refuses the connection.
const libpqOnly = ['channel_binding', 'gssencmode', 'sslcompression'];

/**
 * Validates a database URL, without a connection.
 *
 * @param source the origin of the URL, for messages. They never show the URL, which may contain a password.
 */
export function parseDatabaseUrl(text: string, source = 'the database URL'): DatabaseUrl {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new ProblemError({
      code: 'database/no-url',
      message: `${source} is empty.`,
      fix: 'set it to postgres://USER:PASSWORD@HOST:5432/DATABASE, or unset it.',
    });
  }
  if (/^(["']).*\1$/.test(trimmed)) {
    // A shell removes them; `docker --env-file` and most dashboards do not.
    throw badUrl(source, 'has quotes around it', 'remove the quotes.');
  }
  if (!/^postgres(ql)?:\/\//i.test(trimmed)) {
    throw badUrl(source, 'does not begin with postgres:// or postgresql://');
  }
  const url = parse(trimmed, source);
  if (url.hostname === '') throw badUrl(source, 'names no host');
  if (url.hostname === 'undefined') {
    throw badUrl(
      source,
      'names the host "undefined"',
      'set the variables that the URL consists of: the variable for the host is not set.',
    );
  }
  const database = decode(url.pathname.slice(1), source);
  if (database === '' || database.includes('/')) throw badUrl(source, 'names no database');
  for (const name of libpqOnly) url.searchParams.delete(name);
  const user = decode(url.username, source);
  decode(url.password, source);
  const host = `${url.hostname}:${url.port === '' ? '5432' : url.port}`;
  return {
    href: url.href,
    place: `${user === '' ? '' : `${user}@`}${host}/${database}`,
    database,
    connectTimeout: seconds(url.searchParams.get('connect_timeout')) * 1000,
  };
}

/** libpq reads zero and invalid values as "no timeout", which is a bad default for a command. */
function seconds(text: string | null): number {
  const value = Number(text);
  return value > 0 ? Math.min(value, 3600) : 10;
}

function parse(text: string, source: string): URL {
  const url = URL.parse(text);
  if (url !== null) return url;
  const hosts = /@?[^@/]*,[^@/]*(\/|$)/.test(text.replace(/^\w+:\/\//, ''));
  throw badUrl(source, hosts ? 'lists several hosts; use only the primary' : 'is not a valid URL');
}

function decode(text: string, source: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl(source, 'has a % that is not an escape');
  }
}

const FORM =
  'write postgres://USER:PASSWORD@HOST:5432/DATABASE; in a password, write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F and % as %25.';

function badUrl(source: string, reason: string, fix: string = FORM): ProblemError {
  return new ProblemError({
    code: 'database/bad-url',
    message: `${source} ${reason}.`,
    fix,
  });
}
