import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunningStack } from '../../command/dev-target.ts';
import { maskPassword } from './mask-password.ts';

/** The addresses of a stack, without its password. */
export interface StackStatus {
  readonly url: string;
  readonly pageUrl?: string;
  readonly signInUrl: string;
  readonly cacheUrls: readonly string[];
  readonly databaseUrl: string;
  /** Whether garden dev started that database itself. */
  readonly embedded: boolean;
}

export const statusOf = (stack: RunningStack, embedded: boolean): StackStatus => ({
  url: stack.url,
  ...(stack.pageUrl !== undefined && { pageUrl: stack.pageUrl }),
  signInUrl: stack.signInUrl,
  cacheUrls: stack.cacheUrls,
  databaseUrl: maskPassword(stack.databaseUrl),
  embedded,
});

const fileIn = (folder: string): string => join(folder, 'status.json');

/** Lets `garden status` find a running stack. Returns a function that removes the file. */
export async function writeStatus(
  folder: string,
  status: StackStatus,
): Promise<() => Promise<void>> {
  const file = fileIn(folder);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(status));
  return () => rm(file, { force: true });
}

/** The addresses that the last start wrote. */
export async function readStatus(folder: string): Promise<StackStatus | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) as StackStatus;
  } catch {
    // It is still starting, or was killed while it wrote the file.
    return undefined;
  }
}
