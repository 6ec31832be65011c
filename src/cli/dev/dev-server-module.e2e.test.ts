import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyOf, processOf } from '../../processes/process-tree.ts';
import { devProject, type DevProject, type RunningDev } from './dev-project.fixture.ts';

const serverModule = (greeting: string): string => `
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { bearer, createServer } from '@techgarden/schema/server';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { defineMutators } from '@rocicorp/zero';
import { queries } from './queries';
import { rules } from '../zero-rules.gen';
import { schema } from '../zero-schema.gen';

const { env } = process;
const server = createServer({
  schema,
  queries,
  mutators: defineMutators({}),
  rules,
  database: zeroDrizzle(schema, drizzle(postgres(env.DATABASE_URL))),
  identity: bearer({ jwksUrl: env.AUTH_JWKS_URL, issuer: env.AUTH_ISSUER, audience: env.AUTH_AUDIENCE }),
  apiKey: env.ZERO_API_KEY,
  appID: env.ZERO_APP_ID,
});
export default {
  fetch: (request) =>
    new URL(request.url).pathname === '/hello'
      ? new Response(${JSON.stringify(greeting)})
      : server.handler(request),
};
`;

const FILES = {
  'drizzle.config.ts':
    "export default { dialect: 'postgresql', schema: './schema.ts', out: './migrations' };\n",
  'garden.config.ts': `export default { zero: {}, dev: { server: './src/server.ts', command: 'node page.mjs' } };\n`,
  'schema.ts': `
import { anyone, defineAccess, id, pgTable } from '@techgarden/schema/kit';
import { text } from 'drizzle-orm/pg-core';
export const { access } = defineAccess();
export const tags = pgTable('tags', { id: id(), name: text('name').notNull() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();
`,
  'src/queries.ts': `
import { defineQueries } from '@rocicorp/zero';
import { tableQueries } from '@techgarden/schema/sync';
import { schema } from '../zero-schema.gen';
export const queries = defineQueries({ rows: tableQueries(schema) });
`,
  'src/server.ts': serverModule('hello'),
  'page.mjs': `
import { createServer } from 'node:http';
const shown = Object.entries(process.env).filter(([name]) => /^(VITE_|AUTH_|ZERO_|API_|SIGN_|PORT)/.test(name));
createServer((_, response) => response.end(JSON.stringify(Object.fromEntries(shown))))
  .listen(Number(process.env.PORT), '127.0.0.1', () => console.log('the page is at ' + process.env.PORT));
`,
};

let project: DevProject;
let dev: RunningDev;
let url: string;
beforeAll(async () => {
  project = devProject(FILES);
  dev = project.dev([]);
  [, url = ''] = await dev.untilSaid(/notes {8}(http:\S+)/);
});
afterAll(() => project[Symbol.asyncDispose]());

const hello = async (): Promise<string> => (await fetch(`${url}/hello`)).text();

test('the server module answers, and the command has all addresses', async () => {
  expect(await hello()).toBe('hello');
  const [, port] = await dev.untilSaid(/page \| the page is at (\d+)/);
  const variables = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Record<
    string,
    string
  >;
  expect(variables).toMatchObject({
    API_URL: url,
    VITE_API_URL: url,
    VITE_SIGN_IN_URL: `${url}/_garden/sign-in`,
    AUTH_JWKS_URL: `${url}/_garden/jwks.json`,
    ZERO_APP_ID: 'zero',
    PORT: port,
  });
  expect((await fetch(`${variables['VITE_ZERO_URL']}/keepalive`)).status).toBe(200);
  expect((await fetch(variables['AUTH_JWKS_URL'] ?? '')).status).toBe(200);
});

test('status shows what runs, and what is pending; reset refuses while it runs', async () => {
  const { code, said } = await project.garden('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({
    pid: dev.child.pid,
    parts: [
      { name: 'server', url, answers: true },
      { name: 'zero-cache', answers: true },
      { name: 'Postgres', url: expect.stringContaining(':***@'), answers: true },
    ],
    hasData: true,
    pending: [],
  });
  const reset = await project.garden('reset', '--yes');
  expect(reset.code).toBe(2);
  expect(reset.said).toMatch(/database\/in-use: .*\n.*\n.*\n.* stop garden dev first/s);
});

test('a module with an error is reported, and the previous one answers', async () => {
  const from = dev.said().length;
  project.write({ 'src/server.ts': 'export default {' });
  await dev.untilSaid(/dev\/cannot-load-server: server\.ts cannot be loaded/, from);
  expect(await hello()).toBe('hello');
  project.write({ 'src/server.ts': 'throw new Error("no such key");' });
  await dev.untilSaid(/dev\/server-failed: .*no such key/, from);
  expect(await hello()).toBe('hello');
  project.write({ 'src/server.ts': serverModule('good day') });
  await dev.untilSaid(/✓ restarted the server/, from);
  expect(await hello()).toBe('good day');
});

test('a change of the queries restarts the server, and nothing else', async () => {
  const from = dev.said().length;
  project.write({ 'src/queries.ts': `${FILES['src/queries.ts']}export const more = 1;\n` });
  // The bundle does not contain an export that nobody uses.
  project.write({
    'src/queries.ts': FILES['src/queries.ts'].replace('rows:', 'tables:'),
  });
  await dev.untilSaid(/✓ restarted the server \(/, from);
  expect(dev.said().slice(from)).not.toMatch(/zero-cache|page/);
});

test('a server and a page that are killed are named, and run again', async () => {
  for (const [name, command] of [
    ['server', /fetch-program/],
    ['page', /page\.mjs/],
  ] as const) {
    const from = dev.said().length;
    const family = await familyOf(dev.child.pid ?? -1);
    const found = family.find((one) => command.test(one.command));
    process.kill(found?.pid ?? -1, 'SIGKILL');
    await dev.untilSaid(new RegExp(`! ${name} ended unexpectedly`), from);
    // A request waits for the server.
    if (name === 'server') expect(await hello()).toBe('good day');
    await dev.untilSaid(new RegExp(`✓ ${name} runs again`), from);
  }
});

test('kill -9 leaves nothing running, and the next start finds the data', async () => {
  const family = await familyOf(dev.child.pid ?? -1);
  expect(family.some(({ command }) => command.includes('page.mjs'))).toBe(true);
  dev.child.kill('SIGKILL');
  await dev.ended;
  const left = async (): Promise<readonly string[]> => {
    const found = await Promise.all(family.map(({ pid }) => processOf(pid)));
    return found.flatMap((one) => (one && !one.command.includes('<defunct>') ? [one.command] : []));
  };
  for (const until = Date.now() + 15_000; Date.now() < until && (await left()).length > 0;) {
    await sleep(50);
  }
  expect(await left()).toEqual([]);
  const next = project.dev(['--once']);
  expect(await next.ended).toBe(0);
  expect(next.said()).toMatch(/0 migrations applied, 2 already applied\b/);
  expect(next.said()).toMatch(/✓ a client synced 1 table, 0 of them with a row/);
});

test('reset asks before it deletes, and then deletes all data', async () => {
  const idle = await project.garden('status');
  expect(idle.said).toMatch(/garden dev does not run here[^]*pending +unknown/);
  const asked = await project.garden('reset');
  expect([asked.code, asked.said]).toEqual([2, expect.stringContaining('cli/needs-yes')]);
  expect(existsSync(join(project.folder, '.garden/project/postgres'))).toBe(true);
  const { code, said } = await project.garden('reset', '--yes');
  expect([code, said]).toEqual([0, '✓ deleted .garden/project\n']);
  expect(existsSync(join(project.folder, '.garden/project'))).toBe(false);
  expect((await project.garden('reset', '--yes')).said).toContain('nothing to delete');
});

test('production, and a project without zero, are refused', async () => {
  const production = project.dev([], { NODE_ENV: 'production' });
  expect(await production.ended).toBe(2);
  expect(production.said()).toContain('cli/production: NODE_ENV is production');
  project.write({ 'garden.config.ts': 'export default { seed: "./seed.ts" };\n' });
  const without = project.dev(['--once']);
  expect(await without.ended).toBe(2);
  expect(without.said()).toMatch(/dev\/no-zero: .*\n.*garden\.config\.ts\n +fix add zero: \{\}/);
});
