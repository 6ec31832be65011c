import process from 'node:process';
import { expect, test } from 'vitest';
import type { Part } from './part.ts';
import { startProcess } from './start-process.ts';
import { supervise, type SupervisorEvent } from './supervise.ts';

const WAIT = 'console.log("runs"); setInterval(() => {}, 1000)';

interface Started extends Part {
  readonly number: number;
}

/** Starts Node processes, which are numbered. */
function starter(scripts: readonly string[] = []) {
  let number = 0;
  const start = (): Promise<Started> => {
    const script = scripts[number] ?? WAIT;
    number += 1;
    if (script === 'refuse') return Promise.reject(new Error('no port'));
    return Promise.resolve({
      ...startProcess('node', [process.execPath, '--eval', script], process.env),
      number,
    });
  };
  return { start, count: () => number };
}

const recorder = () => {
  const events: SupervisorEvent[] = [];
  return { events, onEvent: (event: SupervisorEvent) => void events.push(event) };
};

test('a part that ends is named with its last output, and started again', async () => {
  const { events, onEvent } = recorder();
  const part = await supervise('the part', starter(['console.log("bye")']).start, onEvent);
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['ended', 'restarted']);
  expect(events[0]).toMatchObject({ name: 'the part', log: 'bye\n', restartsInMs: 250 });
  expect(await part.running()).toMatchObject({ number: 2 });
  await part.stop();
});

test('the delays grow while it cannot be started', async () => {
  const { events, onEvent } = recorder();
  const { start } = starter(['', 'refuse', 'refuse']);
  const part = await supervise('the part', start, onEvent);
  const types = () => events.map(({ type }) => type);
  await expect.poll(types, { timeout: 10_000 }).toEqual(['ended', 'failed', 'failed', 'restarted']);
  expect(events.map((event) => 'restartsInMs' in event && event.restartsInMs)).toEqual([
    250,
    500,
    1000,
    false,
  ]);
  await part.stop();
});

test('the first start must succeed', async () => {
  const { onEvent } = recorder();
  await expect(supervise('the part', starter(['refuse']).start, onEvent)).rejects.toThrow(
    'no port',
  );
});

test('a replacement runs before the previous part is stopped, and is no restart', async () => {
  const { events, onEvent } = recorder();
  const { start } = starter();
  const part = await supervise('the part', start, onEvent);
  const first = await part.running();
  let firstHasEnded = false;
  void first.ended.then(() => (firstHasEnded = true));
  await part.replace(async () => {
    const next = await start();
    expect(firstHasEnded).toBe(false);
    return next;
  });
  expect(firstHasEnded).toBe(true);
  expect(await part.running()).toMatchObject({ number: 2 });
  await expect(part.replace(() => Promise.reject(new Error('bad module')))).rejects.toThrow(
    'bad module',
  );
  expect(await part.running()).toMatchObject({ number: 2 });
  expect(events).toEqual([]);
  await part.stop();
});

test('a restart stops the part first, and is tried again if it fails', async () => {
  const { events, onEvent } = recorder();
  const { start } = starter([WAIT, 'refuse']);
  const part = await supervise('the part', start, onEvent);
  await part.restart(start);
  expect(events.map(({ type }) => type)).toEqual(['failed']);
  expect(await part.running()).toMatchObject({ number: 3 });
  expect(events.map(({ type }) => type)).toEqual(['failed', 'restarted']);
  await part.stop();
});

test('a replacement that starts during a stop is stopped too', async () => {
  const { onEvent } = recorder();
  const { start } = starter();
  const part = await supervise('the part', start, onEvent);
  const begun = Promise.withResolvers<Started>();
  const replaced = part.replace(() => begun.promise);
  await part.stop();
  const late = await start();
  let lateHasEnded = false;
  void late.ended.then(() => (lateHasEnded = true));
  begun.resolve(late);
  await replaced;
  expect(lateHasEnded).toBe(true);
});

test('nothing is started after a stop, and nothing is reported', async () => {
  const { events, onEvent } = recorder();
  const { start, count } = starter();
  const part = await supervise('the part', start, onEvent);
  const running = await part.running();
  // As after Ctrl-C, which also reaches the child.
  await running.stop();
  await part.stop();
  expect(events).toEqual([]);
  expect(count()).toBe(1);
});
