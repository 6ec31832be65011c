import { deepStrictEqual as same, match } from 'node:assert/strict';
import { request } from 'node:http';

/** Sign-in needs no password: only the page of the stack itself may ask for it. */
export async function checkSignIn(url: string): Promise<void> {
  const { host, port, origin } = new URL(url);
  const json = { 'content-type': 'application/json', host, origin };
  const wish = JSON.stringify({ as: 'admin', name: 'eve' });
  const local = `localhost:${port}`;
  const cases: readonly [string, number, string, Record<string, string>, string?][] = [
    ['its own page', 200, 'POST', json, wish],
    [
      'its own page, as localhost',
      200,
      'POST',
      { ...json, host: local, origin: `http://${local}` },
      wish,
    ],
    ['GET', 405, 'GET', json],
    ['a form', 415, 'POST', { ...json, 'content-type': 'text/plain' }, wish],
    ['another origin', 403, 'POST', { ...json, origin: 'http://evil.example' }, wish],
    ['another port', 403, 'POST', { ...json, origin: 'http://127.0.0.1:1' }, wish],
    ['no origin', 403, 'POST', { 'content-type': 'application/json', host }, wish],
    [
      'a name that is rebound',
      403,
      'POST',
      { ...json, host: `evil.example:${port}`, origin: `http://evil.example:${port}` },
      wish,
    ],
    ['no JSON', 400, 'POST', json, '{'],
    ['NUL in the name', 400, 'POST', json, JSON.stringify({ as: 'user', name: 'a\0' })],
  ];
  for (const [name, status, method, headers, body] of cases) {
    const answer = await send(`${url}/api/sign-in`, method, headers, body);
    same([name, answer.status], [name, status]);
    match(
      answer.headers['content-security-policy'] ?? '',
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    same(answer.headers['x-frame-options'], 'DENY');
  }
}

/** Not `fetch`, which sets Host and Origin itself. */
async function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ status: number; headers: Readonly<Record<string, string | undefined>> }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, setHost: false }, (response) => {
      response.resume().on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Readonly<Record<string, string | undefined>>,
        }),
      );
    });
    asked.on('error', reject).end(body);
  });
}
