import { expect, test } from 'vitest';
import { serveFetch } from './serve-fetch.ts';
import { serveFront } from './serve-front.ts';

const own = (request: Request): Response => new Response(`own ${new URL(request.url).pathname}`);

test('own paths are answered here, and all others by the server behind', async () => {
  await using behind = await serveFetch(
    async (request) =>
      new Response(`${request.method} ${request.url} ${await request.text()}`, {
        status: 201,
        headers: { 'x-answer': String(request.headers.get('x-question')) },
      }),
  );
  await using front = await serveFront({
    port: 0,
    ownPrefix: '/_garden/',
    own,
    behind: () => Promise.resolve(behind.url),
  });
  expect(await (await fetch(`${front.url}/_garden/x`)).text()).toBe('own /_garden/x');
  const answer = await fetch(`${front.url}/a?b=1`, {
    method: 'POST',
    headers: { 'x-question': 'why' },
    body: 'text',
  });
  // The server sees the address that its clients use.
  expect(await answer.text()).toBe(`POST ${front.url}/a?b=1 text`);
  expect([answer.status, answer.headers.get('x-answer')]).toEqual([201, 'why']);
});

test('a request waits for a server that is being restarted', async () => {
  await using behind = await serveFetch(() => new Response('here'));
  const restarted = Promise.withResolvers<string>();
  await using front = await serveFront({
    port: 0,
    ownPrefix: '/_garden/',
    own,
    behind: () => restarted.promise,
  });
  const answer = fetch(front.url);
  setTimeout(() => restarted.resolve(behind.url), 100);
  expect(await (await answer).text()).toBe('here');
});

test('a server that does not answer is a 503, after which zero-cache tries again', async () => {
  const behind = await serveFetch(() => new Response('here'));
  await behind.stop();
  await using front = await serveFront({
    port: 0,
    ownPrefix: '/_garden/',
    own,
    behind: () => Promise.resolve(behind.url),
  });
  const answer = await fetch(front.url);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { error: 'the server is being restarted; try again.' },
  ]);
});
