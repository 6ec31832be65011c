import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pendingMigrations } from '../../migrations/pending-migrations.ts';
import { holderOf } from '../../postgres/folder-lock.ts';
import { ProblemError } from '../../report/problem.ts';
import { readStatus } from './status-file.ts';

/** A part of a stack, and whether it responds. */
interface PartStatus {
  readonly name: string;
  readonly url: string;
  readonly answers: boolean;
}

export interface DevStatus {
  /** The process of `garden dev`; absent if none runs. */
  readonly pid?: number;
  readonly since?: string;
  readonly parts: readonly PartStatus[];
  /** Whether the folder has a development database. */
  readonly hasData: boolean;
  /** The tags of pending migrations. Absent if they could not be read. */
  readonly pending?: readonly string[];
  /** The reason why they could not be read. */
  readonly pendingUnknown?: string;
}

interface Where {
  /** The folder of the stack's data. */
  readonly folder: string;
  /** The folder of the migrations. */
  readonly migrations: string;
}

/** The running parts with their addresses, and the pending migrations. */
export async function findStatus({ folder, migrations }: Where): Promise<DevStatus> {
  const hasData = existsSync(join(folder, 'postgres/PG_VERSION'));
  const holder = holderOf(folder);
  if (holder === undefined) {
    return { parts: [], hasData, pendingUnknown: 'the database does not run' };
  }
  const { pid, since } = holder;
  const status = await readStatus(folder);
  if (status === undefined) {
    return { pid, since, parts: [], hasData, pendingUnknown: 'it is still starting' };
  }
  const { url, pageUrl, cacheUrls, databaseUrl } = status;
  const found = await pendingIn(folder, databaseUrl, migrations);
  const parts = [
    ...(pageUrl === undefined ? [] : [await probe('page', pageUrl, pageUrl)]),
    await probe('server', url, `${url}/_garden/ready`),
    ...(await Promise.all(
      cacheUrls.map((cacheUrl) => probe('zero-cache', cacheUrl, `${cacheUrl}/keepalive`)),
    )),
    { name: 'Postgres', url: databaseUrl, answers: found.answers },
  ];
  return { pid, since, parts, hasData, ...found.pending };
}

async function probe(name: string, url: string, asked: string): Promise<PartStatus> {
  const answers = await fetch(asked, { signal: AbortSignal.timeout(3000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return { name, url, answers };
}

type Pending = Pick<DevStatus, 'pending' | 'pendingUnknown'>;

async function pendingIn(
  folder: string,
  masked: string,
  migrations: string,
): Promise<{ readonly answers: boolean; readonly pending: Pending }> {
  const password = await readFile(join(folder, 'postgres.password'), 'utf8').catch(() => '');
  const url = new URL(masked);
  url.password = password;
  try {
    return { answers: true, pending: { pending: await pendingMigrations(url.href, migrations) } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, message } = error.problem;
    // With these errors the server itself responds.
    const answers = code.startsWith('migrate/') || code === 'database/login';
    return { answers, pending: { pendingUnknown: message } };
  }
}
