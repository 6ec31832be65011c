import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { serveFetch } from './serve-fetch.ts';

test('what a handler throws is not sent', async () => {
  await using server = await serveFetch(() => {
    throw new Error('duplicate key: (name)=(secret)');
  });
  const response = await fetch(server.url);
  expect([response.status, await response.text()]).toEqual([500, 'the server failed.\n']);
});

test('a Host that makes no URL is a bad request', async () => {
  await using server = await serveFetch(() => new Response('served'));
  const status = await new Promise((resolve, reject) => {
    httpRequest(server.url, { headers: { host: 'a b' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(400);
});
