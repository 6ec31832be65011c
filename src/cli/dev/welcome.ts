import { join } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import type { DevTarget, RunningStack } from '../../command/dev-target.ts';
import { maskPassword } from './mask-password.ts';

const WIDTH = 12;

/** The addresses of a stack that is ready. */
export function welcome(
  { title, principals }: DevTarget,
  { url, pageUrl, signInUrl, cacheUrls, databaseUrl }: RunningStack,
  folder: string,
  { paint, text }: Pick<CommandContext, 'paint' | 'text'>,
): string {
  const isOurs = text('database-url') === undefined;
  const line = (name: string, value: string): string => `  ${name.padEnd(WIDTH)} ${value}`;
  const back = pageUrl === undefined ? '' : `?return=${encodeURIComponent(pageUrl)}`;
  return [
    '',
    `  ${paint('bold', title.padEnd(WIDTH))} ${paint('cyan', pageUrl ?? url)}`,
    ...(principals === undefined ? [] : [line('sign in', `${signInUrl}${back}`)]),
    ...(pageUrl === undefined ? [] : [line('server', url)]),
    ...cacheUrls.map((one) => line('zero-cache', one)),
    line('Postgres', maskPassword(databaseUrl)),
    ...(isOurs ? [line('password', join(folder, 'postgres.password'))] : []),
    line('data', folder),
    '',
    '  Ctrl-C stops everything; the data is kept for the next start.',
    '',
    '',
  ].join('\n');
}
