import { expect, test } from 'vitest';
import type { ClaimedRequest } from '../queue/claim.ts';
import { FetchFailure } from './http/fetch-failure.ts';
import { ingestHandler } from './ingest-handler.ts';
import type { IngestDatabase } from './write/statement.ts';

const lease = { requestId: '1', holder: 'w', attempt: 1 };
const request = { id: '1', registry: 'npm', packageName: 'react', lease } as ClaimedRequest;
const { signal } = new AbortController();

/** Outcome of a request whose registry throws a failure. */
async function outcomeOf(failure: FetchFailure): Promise<unknown> {
  const db = { execute: async () => [] } as unknown as IngestDatabase;
  const fetchPackage = async (): Promise<never> => Promise.reject(failure);
  const handle = ingestHandler({
    db,
    registries: new Map([['npm', { registry: 'npm', fetchPackage }]]),
  });
  return handle(request, { signal, lease });
}

test('a failure determines whether and when the queue retries, and whether the attempt counts', async () => {
  const problem = { code: 'c', message: 'it is so.', context: ['there'], fix: 'f' };
  expect(
    await outcomeOf(new FetchFailure(problem, { retry: true, retryAfter: 7, untried: true })),
  ).toEqual({
    state: 'failed',
    failure: { message: 'it is so. there', retry: true, retryAfter: 7, untried: true },
  });
  expect(await outcomeOf(new FetchFailure(problem, { retry: false }))).toMatchObject({
    failure: { retry: false, untried: false },
  });
});
