import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import type { ClaimedRequest } from '../../queue/claim.ts';
import { recordIo } from '../../../../command/record-io.fixture.ts';
import { paintFor } from '../../../../command/paint.ts';
import { workerReporter } from './worker-reporter.ts';

const request = { id: '1', registry: 'npm', packageName: 'react' } as ClaimedRequest;
const lost = new DrizzleQueryError(
  'select queue.turn($1)',
  ['holder'],
  new Error('connect ECONNREFUSED'),
);

function report(json: boolean) {
  const io = recordIo();
  const reporter = workerReporter(io, paintFor(io.stdout, io.env), { json });
  reporter.start('here', ['npm'], []);
  const written = {
    packageId: '2',
    created: true,
    versions: { added: 1, changed: 0, yanked: 2 },
    dependencies: { added: 1, removed: 1 },
    linked: 1,
  };
  reporter.onIngested({ request, state: 'written', written, queued: 1, milliseconds: 7 });
  reporter.onEvent({ type: 'trouble', error: lost });
  const failure = { message: 'the garden did not take it.', cause: lost };
  reporter.onEvent({ type: 'failed', request, failure, retryAt: undefined });
  reporter.onEvent({ type: 'failed', request, failure: { message: 'no.' }, retryAt: undefined });
  reporter.end();
  return io.out().trimEnd().split('\n');
}

test('text output shows results, waits and failures with their reasons', () => {
  expect(report(false)).toEqual([
    'Working on here, fetching from npm',
    '  npm react  1 new version, 2 yanked, 1 dependency, 1 dependency removed, 1 link, 1 queued  7 ms',
    '  the queue cannot be reached, retrying: connect ECONNREFUSED',
    '  npm react  failed: the garden did not take it. (connect ECONNREFUSED)',
    '  npm react  failed: no.',
    '1 done, 2 failed, 1 queued.',
  ]);
});

test('JSON output has the same events, one per line', () => {
  expect(report(true).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { type: 'started', registries: ['npm'] },
    { type: 'written', versions: { added: 1 }, queued: 1 },
    { type: 'trouble', message: 'connect ECONNREFUSED' },
    { type: 'failed', message: 'the garden did not take it.', cause: 'connect ECONNREFUSED' },
    { type: 'failed', message: 'no.' },
    { type: 'ended', done: 1, failed: 2, queued: 1 },
  ]);
});
