import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  json,
  localRegistry,
  type Answer,
  type LocalRegistry,
} from '../../../../../test/ingest/local-registry.ts';
import { FetchFailure } from '../http/fetch-failure.ts';
import { HttpClient } from '../http/http-client.ts';
import { Candidates } from '../resolve/candidates.ts';
import { resolveDependency } from '../resolve/resolve-dependency.ts';
import { configureRegistries } from './configure-registries.ts';
import { defaultDocumentLimits, type DocumentLimits } from './document-limits.ts';
import { NpmRegistry } from './npm.ts';
import type { FetchResult } from './registry-adapter.ts';

let server: LocalRegistry;
beforeEach(async () => {
  server = await localRegistry();
});
afterEach(() => server.close());

const { signal } = new AbortController();
const http = new HttpClient({ retries: 0, rate: 10_000 });
const small: DocumentLimits = {
  versions: 3,
  versionDependencies: 4,
  dependencies: 8,
  differentDependencies: 5,
};

const needs = (count: number, from = 0): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`needs-${from + at}`, '1']));

async function npm(name: string, limits: Partial<DocumentLimits> = small): Promise<FetchResult> {
  const all = { ...defaultDocumentLimits, ...limits };
  return new NpmRegistry(server.url, http, all).fetchPackage(name, { signal });
}

async function failureOf(run: Promise<unknown>): Promise<FetchFailure> {
  const error: unknown = await run.then(
    () => 'nothing failed',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchFailure);
  return error as FetchFailure;
}

/** Message of a failed fetch. Also checks that the failure is not retried. */
async function refusal(run: Promise<unknown>): Promise<string> {
  const { retry, problem } = await failureOf(run);
  expect({ retry, code: problem.code }).toEqual({ retry: false, code: 'ingest/too-large' });
  return problem.message;
}

/** An endless document. Reports the number of bytes that were read. */
function endless(begin: string, member: (at: number) => string): [Answer, Promise<number>] {
  const { promise, resolve } = Promise.withResolvers<number>();
  const answer: Answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(begin);
    let at = 0;
    const more = (): void => {
      while (!response.destroyed && response.write(member(at))) at += 1;
      at += 1;
    };
    response.on('drain', more).on('close', () => resolve(response.socket?.bytesWritten ?? at));
    more();
  };
  return [answer, promise];
}

describe('npm', () => {
  test('accepts documents at the limits', async () => {
    const versions = { '1.0.0': needs(4), '2.0.0': needs(4), '3.0.0': {} };
    const manifests = Object.entries(versions).map(([version, dependencies]) => [
      version,
      { dependencies },
    ]);
    server.answers.set('/fits', json({ name: 'fits', versions: Object.fromEntries(manifests) }));
    expect(await npm('fits')).toMatchObject({ state: 'found' });
  });

  test.each([
    ['3 versions', [{}, {}, {}, {}]],
    ['4 dependencies in one version', [needs(5)]],
    ['8 dependencies in all versions together', [needs(3), needs(3), needs(3)]],
    ['5 different dependencies in all versions together', [needs(3), needs(3, 3)]],
  ])('refuses more than %s for good', async (limit, list) => {
    const versions = Object.fromEntries(
      list.map((dependencies, at) => [`${at}.0.0`, { dependencies }]),
    );
    server.answers.set('/large', json({ name: 'large', versions }));
    expect(await refusal(npm('large'))).toBe(
      `the document has more than ${limit}, which is the limit of this worker.`,
    );
  });

  test('counts repeated versions and dates', async () => {
    server.answers.set('/twice', (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"name":"twice","versions":{${'"1.0.0":{},'.repeat(3)}"1.0.0":{}}}`);
    });
    expect(await refusal(npm('twice'))).toContain('more than 3 versions');
    server.answers.set('/dates', json({ name: 'dates', versions: {}, time: needs(7) }));
    expect(await refusal(npm('dates'))).toContain('more than 3 versions');
  });

  test('stops reading when a limit is exceeded', async () => {
    const [answer, taken] = endless('{"name":"endless","versions":{', (at) => {
      const dependencies = needs(100, 100 * at);
      return `"${at}.0.0":${JSON.stringify({ dependencies })},`;
    });
    server.answers.set('/endless', answer);
    expect(await refusal(npm('endless', { differentDependencies: 2000 }))).toContain('2,000');
    expect(await taken).toBeLessThan(10 * 1024 * 1024);
  });

  test('has configurable limits', async () => {
    const env = { NPM_REGISTRY_URL: server.url.href };
    server.answers.set('/a', json({ name: 'a', versions: { '1.0.0': {}, '2.0.0': {} } }));
    const one = configureRegistries(env, { retries: 0, versions: 1 }).get('npm');
    await refusal(one!.fetchPackage('a', { signal }));
    const two = configureRegistries(env, { retries: 0, versions: 2 }).get('npm');
    expect(await two!.fetchPackage('a', { signal })).toMatchObject({ state: 'found' });
  });
});

describe('the other registries', () => {
  const registry = (name: 'jsr' | 'brew' | 'apt') => {
    const env = {
      JSR_REGISTRY_URL: server.url.href,
      BREW_API_URL: server.url.href,
      APT_PACKAGES_URL: new URL('Packages', server.url).href,
    };
    return configureRegistries(env, { ...small, retries: 0, rate: 10_000 }).get(name)!;
  };
  const module = (count: number, from = 0): object => ({
    moduleGraph2: {
      '/a.ts': { dependencies: Object.keys(needs(count, from)).map((name) => importOf(name)) },
    },
  });
  const importOf = (name: string): object => ({ specifier: `npm:${name}@1` });

  test('JSR: versions are counted before they are requested, dependencies as they arrive', async () => {
    const list = (count: number) => ({
      scope: 'a',
      name: 'b',
      versions: Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.0.0`, {}])),
    });
    server.answers.set('/@a/b/meta.json', json(list(4)));
    const jsr = registry('jsr');
    expect(await refusal(jsr.fetchPackage('@a/b', { signal }))).toContain('3 versions');
    expect(server.asked).toEqual(['/@a/b/meta.json']);
    server.answers.set('/@a/b/meta.json', json(list(3)));
    for (const [at, size] of [3, 3, 3].entries()) {
      server.answers.set(`/@a/b/${at}.0.0_meta.json`, json(module(size, 3 * at)));
    }
    expect(await refusal(jsr.fetchPackage('@a/b', { signal }))).toContain('5 different');
    server.answers.set('/@a/b/meta.json', json(list(1)));
    server.answers.set('/@a/b/0.0.0_meta.json', json(module(5)));
    expect(await refusal(jsr.fetchPackage('@a/b', { signal }))).toContain('in one version');
  });

  test('Homebrew and apt: the dependencies of a version', async () => {
    const dependencies = Object.keys(needs(5));
    server.answers.set(
      '/formula/a.json',
      json({ name: 'a', versions: { stable: '1' }, dependencies }),
    );
    expect(await refusal(registry('brew').fetchPackage('a', { signal }))).toContain('one version');
    const stanza = `Package: aa\nVersion: 1\nDepends: ${dependencies.join(', ')}\n`;
    server.answers.set('/Packages', (_, response) => void response.writeHead(200).end(stanza));
    expect(await refusal(registry('apt').fetchPackage('aa', { signal }))).toContain('one version');
  });

  test('apt: a stanza without end', async () => {
    server.answers.set('/Packages', (_, response) => {
      response.writeHead(200).write('Package: aa\nVersion: 1\nDepends: a\n');
      for (let at = 0; at < 1100; at += 1) response.write(` ${'x'.repeat(1000)}\n`);
      response.end();
    });
    const failure = await failureOf(registry('apt').fetchPackage('aa', { signal }));
    expect(failure).toMatchObject({ retry: false, problem: { code: 'ingest/malformed' } });
  });
});

describe('endlessly nested or chained ranges', () => {
  const deep = 100_000;
  const versionsOf = (result: FetchResult) =>
    result.state === 'found' ? result.package.versions : [];

  test.each([
    ['brackets', '('.repeat(deep)],
    ['alternatives', Array.from({ length: deep }, (_, at) => `^${at}`).join(' || ')],
    ['comparators', Array.from({ length: deep }, (_, at) => `>${at}`).join(' ')],
    ['aliases', 'npm:a@'.repeat(deep)],
  ])('%s: a dependency that is unresolved, cut to its size', async (_, range) => {
    server.answers.set(
      '/deep',
      json({ name: 'deep', versions: { '1.0.0': { dependencies: { a: range } } } }),
    );
    const [version] = versionsOf(await npm('deep', {}));
    const [dependency] = version?.dependencies ?? [];
    expect(dependency?.range).toBe(range.slice(0, 1024));
    const resolved = resolveDependency({ registry: 'npm', ...dependency! }, undefined);
    expect(resolved).toMatchObject({ resolution: 'unresolved', versionId: null });
  });

  test('a cut range is not read as the shorter remaining one', () => {
    const chain = Array.from({ length: 500 }, (_, at) => `1.0.${at}`).join('||');
    const versions = [{ id: 'v', version: '1.0.0', sortKey: 'a', yanked: false }];
    for (const registry of ['npm', 'jsr'] as const) {
      const known = new Candidates({ registry, name: 'a', packageId: 'p' }, versions, {});
      const resolutionOf = (range: string) =>
        resolveDependency({ registry, name: 'a', range }, known).resolution;
      expect(resolutionOf(chain.slice(0, 1023))).toBe('registry');
      expect(resolutionOf(chain.slice(0, 1024))).toBe('unresolved');
    }
  });

  test.each([
    ['a range', (nested: string) => `{"dependencies":{"a":${nested}}}`],
    ['a field that is not read', (nested: string) => `{"dist":${nested}}`],
  ])('JSON in the place of %s: the document is refused for good', async (_, manifest) => {
    for (const nested of [`${'['.repeat(deep)}${']'.repeat(deep)}`, '{"a":'.repeat(deep)]) {
      server.answers.set('/deep', (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`{"name":"deep","versions":{"1.0.0":${manifest(nested)}}}`);
      });
      expect(await failureOf(npm('deep', {}))).toMatchObject({
        retry: false,
        problem: { message: expect.stringContaining('nested more than 1000 deep') },
      });
    }
  });
});
