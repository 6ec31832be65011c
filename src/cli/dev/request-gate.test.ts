import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { serveFetch } from '../../processes/serve-fetch.ts';
import { serveFront } from '../../processes/serve-front.ts';
import { createRequestGate, type RequestGate } from './request-gate.ts';

/** The front of garden dev with two servers behind it. `held` sends a request and waits a moment. */
async function openFront(gate: RequestGate) {
  const stack = new AsyncDisposableStack();
  const [old, next] = [
    stack.use(await serveFetch(() => new Response('old'))),
    stack.use(await serveFetch(() => new Response('next'))),
  ];
  let current = old.url;
  const front = stack.use(
    await serveFront({
      port: 0,
      ownPrefix: '/_garden/',
      own: () => new Response('own'),
      behind: async () => {
        await gate.opened();
        return current;
      },
    }),
  );
  const answers: string[] = [];
  const send = async (path = '/'): Promise<void> => {
    answers.push(await (await fetch(front.url + path)).text());
  };
  return {
    answers,
    send,
    replace: () => void (current = next.url),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('held requests get the answer of the server that replaced the old one', async () => {
  const gate = createRequestGate();
  await using front = await openFront(gate);
  await front.send();
  const release = gate.hold();
  const held = front.send();
  // The front's own paths do not wait.
  await front.send('/_garden/x');
  await sleep(50);
  expect(front.answers).toEqual(['old', 'own']);
  front.replace();
  release();
  await held;
  await front.send();
  expect(front.answers).toEqual(['old', 'own', 'next', 'next']);
});

test('two holds that overlap are both waited for, in either order', async () => {
  for (const first of [0, 1]) {
    const gate = createRequestGate();
    await using front = await openFront(gate);
    const releases = [gate.hold(), gate.hold()];
    const held = front.send();
    releases[first]?.();
    await sleep(50);
    expect(front.answers, `released ${first} first`).toEqual([]);
    releases[1 - first]?.();
    await held;
    expect(front.answers).toEqual(['old']);
  }
});
