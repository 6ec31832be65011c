import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFetchProgram, type FetchProgram } from './start-fetch-program.ts';

let folder: string;
let printed = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'garden-fetch-program-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(name: string, text: string): Promise<FetchProgram> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return startFetchProgram({
    name: 'server',
    file,
    source: 'src/server.ts',
    cwd: folder,
    env: { ...process.env, GREETING: 'hello' },
    onOutput: (output) => (printed += output),
  });
}

test('the default export of a module, or of a bundle, answers', async () => {
  const fetchText = 'fetch: (request) => new Response(process.env.GREETING + request.url)';
  const module = await start('module.mjs', `export default { ${fetchText} };`);
  const bundle = await start('bundle.mjs', `export const m0 = { default: { ${fetchText} } };`);
  for (const { url, stop } of [module, bundle]) {
    expect(await (await fetch(url)).text()).toBe(`hello${url}/`);
    await stop();
  }
});

test('an error of fetch is printed, and its answer has no details', async () => {
  const program = await start(
    'throws.mjs',
    'export default { fetch() { throw new Error("the row (1, secret)") } };',
  );
  const answer = await fetch(program.url);
  expect([answer.status, await answer.text()]).toEqual([500, 'the server failed.\n']);
  await expect.poll(() => printed).toContain('the row (1, secret)');
  await program.stop();
});

test('a request that has begun is answered before it stops', async () => {
  const program = await start(
    'slow.mjs',
    `export default { async fetch() {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return new Response('done');
    } };`,
  );
  const answer = fetch(program.url);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stopped = program.stop();
  expect(await (await answer).text()).toBe('done');
  await stopped;
});

test.each([
  ['no default export', 'export const fetch = () => {};', 'dev/no-fetch'],
  ['a default export without fetch', 'export default () => new Response();', 'dev/no-fetch'],
  ['Error: no database', 'throw new Error("no database");', 'dev/server-failed'],
  ['it ended before it listened', 'process.exit(3);', 'dev/server-failed'],
])('%s: %s', async (message, text, code) => {
  await expect(start('bad.mjs', text)).rejects.toMatchObject({
    problem: {
      code,
      message: expect.stringContaining(message),
      places: [{ file: 'src/server.ts' }],
    },
  });
});
