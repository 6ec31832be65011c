import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  json,
  localRegistry,
  status,
  type LocalRegistry,
} from '../../../../../test/ingest/local-registry.ts';
import { HttpClient } from '../http/http-client.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { npmDependencies } from './npm-dependencies.ts';
import { NpmRegistry } from './npm.ts';
import type { FetchedPackage } from './registry-adapter.ts';

let server: LocalRegistry;
let npm: NpmRegistry;
beforeAll(async () => {
  server = await localRegistry('npm');
  npm = new NpmRegistry(server.url, new HttpClient({ retries: 0, rate: 10_000 }));
});
afterAll(() => server.close());

const { signal } = new AbortController();
async function found(name: string): Promise<FetchedPackage> {
  const result = await npm.fetchPackage(name, { signal });
  if (result.state !== 'found') throw new Error(result.state);
  return result.package;
}

describe('a recorded package', () => {
  test('has its versions in order, their dependencies, and the description of its newest manifest', async () => {
    const { versions, ...about } = await found('is-odd');
    expect(about).toEqual({
      name: 'is-odd',
      description:
        'Returns true if the given number is odd, and is an integer that does not exceed the JavaScript MAXIMUM_SAFE_INTEGER.',
      homepage: 'https://github.com/jonschlinkert/is-odd',
      repository: 'https://github.com/jonschlinkert/is-odd',
      tags: new Map([['latest', '3.0.1']]),
      etag: expect.stringMatching(/^"\w+"$/),
    });
    expect(versions.at(-1)).toMatchObject({
      version: '3.0.1',
      sortKey: 'A3A0A1~',
      yanked: false,
      publishedAt: undefined,
    });
    expect(versions.at(-1)?.dependencies).toContainEqual({
      name: 'is-number',
      range: '^6.0.0',
      type: 'runtime',
    });
    expect(
      versions.at(-1)?.dependencies?.filter(({ type }) => type === 'dev').length,
    ).toBeGreaterThan(0);
  });

  test('with a scope is requested by its escaped name; its aliases use the real name', async () => {
    const { versions } = await found('@isaacs/cliui');
    expect(server.asked).toContain('/@isaacs%2fcliui');
    const old = versions.find(({ version }) => version === '8.0.2');
    expect(old?.dependencies?.filter(({ type }) => type === 'runtime')).toEqual([
      { name: 'string-width', range: '^5.1.2', type: 'runtime' },
      { name: 'string-width', range: 'npm:string-width@^4.2.0', type: 'runtime' },
      { name: 'strip-ansi', range: '^7.0.1', type: 'runtime' },
      { name: 'strip-ansi', range: 'npm:strip-ansi@^6.0.1', type: 'runtime' },
      { name: 'wrap-ansi', range: '^8.1.0', type: 'runtime' },
      { name: 'wrap-ansi', range: 'npm:wrap-ansi@^7.0.0', type: 'runtime' },
    ]);
  });

  test('that is not modified is not sent again', async () => {
    const { etag } = await found('react');
    expect(await npm.fetchPackage('react', { etag, signal })).toEqual({ state: 'unchanged' });
  });

  test('that does not exist is missing', async () => {
    expect(await npm.fetchPackage('no-such-package', { signal })).toEqual({ state: 'missing' });
  });
});

describe('a hostile document', () => {
  const packument = (name: string, versions: object, more: object = {}) =>
    server.answers.set(`/${name}`, json({ name, 'dist-tags': {}, versions, ...more }));

  test('with invalid versions sorts them first', async () => {
    packument('odd', {
      '1.0.0': {},
      'not a version': {},
      '1.2.3beta': {},
      'v2.0.0': {},
      '01.2.3': {},
      ['9'.repeat(300)]: {},
      '': {},
      __proto__x: {},
      'a\0b': {},
    });
    const { versions } = await found('odd');
    const sorted = versions.toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
    expect(sorted.map(({ version }) => version)).toEqual([
      '__proto__x',
      'not a version',
      '1.0.0',
      '1.2.3beta',
      '01.2.3',
      'v2.0.0',
    ]);
    for (const { sortKey } of versions) expect(sortKey).toMatch(/^[!-~]{1,512}$/);
  });

  test('about another package is rejected; members of wrong types are ignored', async () => {
    server.answers.set('/mine', json({ name: 'yours', versions: {} }));
    await expect(npm.fetchPackage('mine', { signal })).rejects.toThrow(
      'the response is about "yours"',
    );
    packument(
      'strange',
      {
        '1.0.0': 7,
        '2.0.0': {
          dependencies: ['a'],
          devDependencies: { b: 1, '': '1', ['x'.repeat(300)]: '1' },
        },
      },
      {
        'dist-tags': { latest: '9.9.9', next: 3 },
        time: { '2.0.0': 'soon', '1.0.0': 5 },
        description: ['no'],
        homepage: 'javascript:alert(1)',
        repository: { url: 7 },
      },
    );
    const strange = await found('strange');
    expect(strange).toMatchObject({
      description: null,
      homepage: null,
      repository: null,
      tags: new Map(),
    });
    expect(strange.versions).toHaveLength(1);
    expect(strange.versions[0]).toMatchObject({
      publishedAt: undefined,
      dependencies: [{ name: 'b', range: '1', type: 'dev' }],
    });
  });

  test('with an invalid list of versions is rejected, not read as empty', async () => {
    for (const versions of [['1.0.0'], '1.0.0', 7, true]) {
      server.answers.set('/listless', json({ name: 'listless', versions }));
      await expect(npm.fetchPackage('listless', { signal })).rejects.toMatchObject({
        retry: false,
        problem: { code: 'ingest/malformed', message: expect.stringContaining('"versions"') },
      });
    }
    server.answers.set('/listless', json({ name: 'listless', versions: null, time: null }));
    expect((await found('listless')).versions).toEqual([]);
  });

  test('with a name of slashes and dots is never requested', async () => {
    const before = server.asked.length;
    for (const name of [
      '../secrets',
      '..',
      '.',
      '@a/../b',
      '@a/b/c',
      '/etc',
      'a/b',
      'a b',
      '',
      ' ',
      '%2e%2e',
      'x'.repeat(300),
      '@/a',
      'a\0',
      'node_modules',
      './a',
      'https://host/a',
    ]) {
      await expect(npm.fetchPackage(name, { signal }), name).rejects.toMatchObject({
        retry: false,
        problem: { code: 'ingest/bad-name' },
      });
    }
    expect(server.asked).toHaveLength(before);
  });

  test('that fails on the way to its description fails as a whole', async () => {
    packument('half', { '1.0.0': {} }, { 'dist-tags': { latest: '1.0.0' } });
    server.answers.set('/half/latest', status(500));
    await expect(npm.fetchPackage('half', { signal })).rejects.toMatchObject({ retry: true });
    server.answers.set('/half/latest', status(404));
    expect(await found('half')).toMatchObject({ description: undefined });
  });
});

test('fields of a manifest override each other as in npm', () => {
  const dependencies = npmDependencies({
    dependencies: { a: '1', b: '1', both: '1' },
    optionalDependencies: { both: '2' },
    peerDependencies: { p: '1', q: '1', a: '2' },
    peerDependenciesMeta: { q: { optional: true }, unknown: { optional: true } },
    devDependencies: { a: '3', git: 'user/repository' },
  });
  expect(dependencies).toEqual([
    { name: 'a', range: '3', type: 'dev' },
    { name: 'git', range: 'user/repository', type: 'dev' },
    { name: 'a', range: '1', type: 'runtime' },
    { name: 'b', range: '1', type: 'runtime' },
    { name: 'both', range: '2', type: 'optional' },
    { name: 'p', range: '1', type: 'peer' },
    { name: 'q', range: '1', type: 'optional' },
    { name: 'a', range: '2', type: 'peer' },
  ]);
});

test('names with control characters are invalid; ranges with them are unresolved', async () => {
  const hostile = 'a\u001b[2J\u009bz';
  const version = (dependencies: object) => ({ dependencies });
  server.answers.set(
    '/hostile',
    json({
      name: 'hostile',
      'dist-tags': { latest: '1.0.0', [hostile]: '1.0.0', next: hostile },
      versions: {
        '1.0.0': version({ [hostile]: '1', 'b\n': '1', c: '1\u001b[2J', d: `npm:${hostile}@1` }),
        [hostile]: version({}),
      },
    }),
  );
  const { tags, versions } = await found('hostile');
  expect(tags).toEqual(new Map([['latest', '1.0.0']]));
  expect(versions.map((one) => one.version)).toEqual(['1.0.0']);
  const dependencies = versions[0]?.dependencies ?? [];
  expect(dependencies.map((one) => one.name)).toEqual(['c', 'd']);
  for (const dependency of dependencies) {
    const { resolution, version: text } = resolveDependency(
      { registry: 'npm', ...dependency },
      undefined,
    );
    expect(resolution).toBe('unresolved');
    expect(text).not.toMatch(/\p{Cc}/u);
  }
  await expect(npm.fetchPackage(hostile, { signal })).rejects.toMatchObject({
    problem: { code: 'ingest/bad-name' },
  });
});
