import { resolve } from 'node:path';
import type { ConfiguredDatabase } from '../command/choose-database.ts';
import type { DrizzleConfig } from '../project/drizzle-config.ts';

/**
 * Reads `dbCredentials`. Undefined if they are empty, because a URL is often an environment
 * variable that is not set. Paths are relative to the working directory, as in drizzle-kit.
 */
export function configuredDatabase(
  cwd: string,
  { driver, dbCredentials = {} }: DrizzleConfig,
): ConfiguredDatabase | undefined {
  const { url, host, port, user, password, database, ssl } = dbCredentials;
  const source = 'dbCredentials of the drizzle-kit config';
  if (url !== undefined && url !== '') {
    return driver === 'pglite'
      ? { kind: 'folder', folder: resolve(cwd, url) }
      : { kind: 'url', url, source };
  }
  if (host === undefined || database === undefined) return undefined;
  const built = new URL(`postgres://${host.includes(':') ? `[${host}]` : host}`);
  if (port !== undefined) built.port = String(port);
  if (user !== undefined) built.username = encodeURIComponent(user);
  if (password !== undefined) built.password = encodeURIComponent(password);
  built.pathname = encodeURIComponent(database);
  if (ssl === true || typeof ssl === 'string') {
    built.searchParams.set('sslmode', ssl === true ? 'require' : ssl);
  }
  return { kind: 'url', url: built.href, source };
}
