import { resolve } from 'node:path';
import type { ConfiguredDatabase } from '../command/choose-database.ts';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import type { DrizzleConfig, DrizzleCredentials } from '../project/drizzle-config.ts';
import { findSetting } from '../project/find-setting.ts';
import { nearestName } from '../report/nearest-name.ts';
import { ProblemError } from '../report/problem.ts';

const KNOWN = ['url', 'host', 'port', 'user', 'password', 'database', 'ssl'];

/**
 * Reads `dbCredentials`. Undefined if they are empty, because a URL is often an environment
 * variable that is not set. Paths are relative to the working directory, as in drizzle-kit.
 */
export function configuredDatabase(
  cwd: string,
  configFile: string,
  { driver, dbCredentials = {} }: DrizzleConfig,
): ConfiguredDatabase | undefined {
  const refuse = (message: string, fix: string, setting?: string): never => {
    const path = ['dbCredentials', ...(setting === undefined ? [] : [setting])];
    throw new ProblemError({
      code: 'generate/drizzle-config',
      message: `dbCredentials of the drizzle-kit config ${message}`,
      places: [findSetting(configFile, path)],
      fix,
    });
  };
  for (const name of ['url', 'host', 'user', 'password', 'database'] as const) {
    const value: unknown = dbCredentials[name];
    if (value === undefined || typeof value === 'string') continue;
    // The value may be a secret.
    refuse(`has a ${name} that is not a string.`, `write ${name} as a string.`, name);
  }
  const { url, host, database } = dbCredentials;
  const source = 'dbCredentials of the drizzle-kit config';
  if (url !== undefined && url !== '') {
    if (driver === 'pglite') return { kind: 'folder', folder: resolve(cwd, url) };
    placeProblem(configFile, () => parseDatabaseUrl(url, source));
    return { kind: 'url', url, source };
  }
  if (host !== undefined && database !== undefined) {
    return { kind: 'url', url: urlOf(dbCredentials, host, database, refuse), source };
  }
  const unknown = Object.keys(dbCredentials).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined && driver === undefined) {
    const near = nearestName(unknown, KNOWN) ?? (/url|uri|string/i.test(unknown) && 'url');
    const fix = near ? `did you mean ${near}?` : `use url, or ${KNOWN.slice(1).join(', ')}.`;
    refuse(`has an unknown setting, ${unknown}.`, fix, unknown);
  }
  // Falling back to an embedded database would hide the mistake.
  if (host !== undefined) refuse('has a host and no database.', 'add database.', 'host');
  if (database !== undefined) refuse('has a database and no host.', 'add host.', 'database');
  return undefined;
}

function urlOf(
  { port, user, password, ssl }: DrizzleCredentials,
  host: string,
  database: string,
  refuse: (message: string, fix: string, setting: string) => never,
): string {
  const built = URL.parse(`postgres://${host.includes(':') ? `[${host}]` : host}`);
  if (built === null || built.pathname !== '' || built.host === '') {
    return refuse(
      'has a host that is neither a name nor an address.',
      "write only the host, such as host: 'localhost', and the port as port; a complete URL belongs in url.",
      'host',
    );
  }
  if (port !== undefined) {
    if (!(Number(port) >= 1 && Number(port) <= 65_535)) {
      refuse('has a port that is not a number from 1 to 65535.', 'write port: 5432.', 'port');
    }
    built.port = String(port);
  }
  if (user !== undefined) built.username = encodeURIComponent(user);
  if (password !== undefined) built.password = encodeURIComponent(password);
  built.pathname = encodeURIComponent(database);
  if (ssl === true || typeof ssl === 'string') {
    built.searchParams.set('sslmode', ssl === true ? 'require' : ssl);
  }
  return built.href;
}

/** Adds the place of the URL in the config to a problem. */
function placeProblem(configFile: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const places = [findSetting(configFile, ['dbCredentials', 'url'])];
    throw new ProblemError({ ...error.problem, places }, { cause: error });
  }
}
