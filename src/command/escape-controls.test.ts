import { describe, expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import type { ClaimedRequest } from '../apps/garden/queue/claim.ts';
import { migrateReporter } from './migrate-reporter.ts';
import { printQueue } from '../apps/garden/commands/print-queue.ts';
import { printGarden } from '../apps/garden/commands/demo/print-garden.ts';
import { stageReporter } from '../cli/dev/stage-reporter.ts';
import { escapeControls, escapedJson, escapeLines } from './escape-controls.ts';
import { recordIo } from './record-io.fixture.ts';
import { reportFailure } from '../cli/report-failure.ts';
import { workerReporter } from '../apps/garden/commands/worker/worker-reporter.ts';

const controls = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
  (one) => /\p{Cc}|\p{Bidi_Control}/u.test(one),
);
/** Clears the screen, sets the window title, and reverses the text direction. */
const hostile = `a${controls.join('')}\u001b[2J\u009b2J\u001b]0;title\u0007\u202egpj.exe`;
const plain = (_: string, text: string): string => text;

test('every control character is escaped, and nothing else', () => {
  expect(controls).toHaveLength(65 + 12);
  for (const one of controls) {
    const code = one.charCodeAt(0).toString(16).padStart(4, '0');
    expect(escapeControls(`é😀${one}\ud800`)).toBe(`é😀\\u${code}\ud800`);
  }
  expect(escapeLines('a\n\tb\r\u0085')).toBe('a\n\tb\\u000d\\u0085');
});

test('escaped JSON is the same document', () => {
  const document = { [hostile]: [hostile, { deep: hostile }] };
  for (const indent of [undefined, 2]) {
    const text = escapedJson(document, indent);
    expect(JSON.parse(text)).toEqual(document);
    expectHarmless(text);
  }
});

/** Printed text may contain line breaks and tabs, but no other control character. */
function expectHarmless(text: string): void {
  const found = controls.filter((one) => !/[\n\t]/.test(one) && text.includes(one));
  expect(found.map((one) => escapeControls(one))).toEqual([]);
}

const names = (text: string): string[] => text.split('\n').filter((line) => line.includes('gpj'));

describe('text from users, registries and databases is printed escaped', () => {
  const request = { id: '1', registry: 'npm', packageName: hostile } as ClaimedRequest;

  test.each([false, true])('by the worker, as JSON: %s', (json) => {
    const io = recordIo();
    const reporter = workerReporter(io, plain, { json });
    reporter.start(hostile, ['npm'], []);
    reporter.onIngested({ request, state: 'gone', queued: 0, milliseconds: 1 });
    const failure = { message: hostile, cause: new Error(hostile) };
    reporter.onEvent({ type: 'failed', request, failure, retryAt: undefined });
    reporter.onEvent({ type: 'lost', request });
    reporter.onEvent({ type: 'trouble', error: new Error(hostile) });
    reporter.end();
    expectHarmless(io.out());
    expect(names(io.out())).toHaveLength(5);
    expect(io.out().trimEnd().split('\n')).toHaveLength(6);
  });

  test('by the worker, in the last line of a terminal', () => {
    const io = recordIo({ isTTY: true });
    workerReporter(io, plain, { json: false }).onEvent({ type: 'claimed', requests: [request] });
    expectHarmless(io.out());
    expect(io.out()).toContain('a\\u0000');
  });

  test('by garden demo and garden queue', () => {
    const needs = [{ name: hostile, range: hostile, got: `${hostile}!` }];
    const one = { name: hostile, registry: 'npm', latest: hostile, versions: 1 };
    const view = {
      counts: { packages: 1, versions: 1, dependencies: 1, tags: 1 },
      packages: [{ ...one, description: hostile, tags: [hostile], needs }],
      requests: [{ name: hostile, status: 'pending', by: hostile }],
    };
    const text = printGarden(view, { paint: plain, planted: false, width: 10_000 });
    expectHarmless(text);
    expect(names(text)).toHaveLength(4);
    const state = { due: 0, oldest: null, later: 0, fetching: 0, expired: 0 };
    const lastHour = { completed: 0, failed: 0, cancelled: 0 };
    const registries = [{ ...state, registry: hostile as 'npm', lastHour }];
    const queue = printQueue({ recovered: undefined, pruned: undefined, registries }, plain);
    expectHarmless(queue);
    expect(names(queue)).toHaveLength(1);
  });

  test('by the reporters of stages, migrations and failures', () => {
    const io = recordIo();
    stageReporter(io, plain).onStage({
      type: 'done',
      stage: 'Postgres',
      detail: hostile,
      milliseconds: 1,
    });
    const holder = { pid: 1, applicationName: hostile, user: hostile, query: null, since: null };
    const migrating = migrateReporter(io, plain);
    migrating.onProgress({ type: 'waiting', holder, milliseconds: 1 });
    migrating.onProgress({ type: 'blocked', tag: '0001', statement: 1, by: [holder] });
    for (const json of [false, true]) {
      const problem = { code: 'a/b', message: hostile, context: [hostile], fix: hostile };
      reportFailure(new ProblemError(problem), io, json);
      reportFailure(new Error(hostile), io, json);
    }
    expectHarmless(io.out());
    expectHarmless(io.err());
    expect(names(io.out())).toHaveLength(5);
  });
});
