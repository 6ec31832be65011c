import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  fixtures,
  json,
  localRegistry,
  status,
  type LocalRegistry,
} from '../../../../../test/ingest/local-registry.ts';
import { HttpClient } from '../http/http-client.ts';
import { AptRegistry } from './apt.ts';
import { BrewRegistry } from './brew.ts';
import { configureRegistries } from './configure-registries.ts';
import { JsrRegistry } from './jsr.ts';

const { signal } = new AbortController();
const http = (): HttpClient => new HttpClient({ retries: 0, rate: 10_000 });
async function serve(folder: string): Promise<LocalRegistry> {
  const server = await localRegistry(folder);
  onTestFinished(() => server.close());
  return server;
}

describe('jsr', () => {
  test('reads versions, yanks, dates and module imports', async () => {
    const server = await serve('jsr');
    const result = await new JsrRegistry(server.url, http()).fetchPackage('@std/path', { signal });
    expect(result).toMatchObject({
      state: 'found',
      package: {
        tags: new Map([['latest', '1.0.8']]),
        description: undefined,
        repository: 'https://github.com/denoland/std',
      },
    });
    const versions = new Map(
      result.state === 'found' ? result.package.versions.map((one) => [one.version, one]) : [],
    );
    expect(versions.get('1.0.8')).toEqual({
      version: '1.0.8',
      sortKey: 'A1A0A8~',
      isPrerelease: false,
      publishedAt: new Date('2024-10-30T10:00:00.191Z'),
      yanked: false,
      dependencies: [
        { name: '@std/internal', range: '^1.0.5', type: 'runtime' },
        { name: 'npm:preact', range: '^10.25.1', type: 'runtime' },
        { name: 'npm:@types/node', range: '^22', type: 'runtime' },
        { name: '@std/types', range: '^1', type: 'runtime' },
        { name: 'npm:react', range: '^19', type: 'runtime' },
        { name: 'npm:@types/react', range: '^19', type: 'runtime' },
        { name: 'npm:undici', range: '^7', type: 'runtime' },
      ],
    });
    expect(versions.get('1.0.7')).toMatchObject({ yanked: true });
    // The older graph has the types of an import in the comment before it.
    expect(versions.get('0.224.0')).toMatchObject({
      publishedAt: undefined,
      dependencies: [
        { name: 'npm:express', range: '4', type: 'runtime' },
        { name: 'npm:@types/express', range: '4', type: 'runtime' },
      ],
    });
    expect(versions.get('1.0.0-rc.2')).toMatchObject({ isPrerelease: true });
  });

  test('requests only versions that are not stored yet', async () => {
    const server = await serve('jsr');
    const known = async () => new Set(['1.0.7', '1.0.6', '0.224.0', '1.0.0-rc.2']);
    await new JsrRegistry(server.url, http()).fetchPackage('@std/path', { signal, known });
    expect(server.asked).toEqual(['/@std/path/meta.json', '/@std/path/1.0.8_meta.json']);
  });

  test('requests no other version after one has failed', async () => {
    const server = await serve('jsr');
    const versions = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`1.${at}.0`, {}]));
    server.answers.set('/@a/b/meta.json', json({ scope: 'a', name: 'b', latest: null, versions }));
    for (const version of Object.keys(versions)) {
      server.answers.set(`/@a/b/${version}_meta.json`, status(500));
    }
    const client = new HttpClient({ retries: 0, rate: 10_000, concurrency: 1 });
    const failing = new JsrRegistry(server.url, client).fetchPackage('@a/b', { signal });
    await expect(failing).rejects.toMatchObject({
      retry: true,
      problem: { code: 'ingest/not-now' },
    });
    await client.get(
      new URL('/@a/b/meta.json', server.url),
      { accept: '*/*', signal },
      async () => undefined,
    );
    expect(server.asked).toHaveLength(3);
  });

  test('rejects invalid names, other packages and versions that are paths', async () => {
    const server = await serve('jsr');
    const jsr = new JsrRegistry(server.url, http());
    for (const name of ['path', '@std/../path', '@std/path/x', '@Std/path', '@std/..', '']) {
      await expect(jsr.fetchPackage(name, { signal })).rejects.toMatchObject({
        problem: { code: 'ingest/bad-name' },
      });
    }
    server.answers.set('/@a/b/meta.json', json({ scope: 'a', name: 'c', versions: {} }));
    await expect(jsr.fetchPackage('@a/b', { signal })).rejects.toMatchObject({
      problem: { code: 'ingest/malformed' },
    });
    server.answers.set(
      '/@a/b/meta.json',
      json({ scope: 'a', name: 'b', versions: { '../../x': {} } }),
    );
    expect(await jsr.fetchPackage('@a/b', { signal })).toMatchObject({ package: { versions: [] } });
  });
});

describe('brew', () => {
  test('reads the one version of a formula and all kinds of dependencies', async () => {
    const server = await serve('brew');
    const brew = new BrewRegistry(server.url, http());
    expect(await brew.fetchPackage('wget', { signal })).toMatchObject({
      package: {
        description: 'Internet file retriever',
        homepage: 'https://www.gnu.org/software/wget/',
        repository: 'https://git.savannah.gnu.org/git/wget',
        versions: [
          {
            version: '1.25.0',
            dependencies: [
              { name: 'libidn2', range: '', type: 'runtime' },
              { name: 'openssl@3', range: '', type: 'runtime' },
              { name: 'pkgconf', range: '', type: 'dev' },
              { name: 'zlib', range: '', type: 'optional' },
              { name: 'perl', range: '', type: 'dev' },
              { name: 'm4', range: '', type: 'dev' },
            ],
          },
        ],
      },
    });
    expect(await brew.fetchPackage('openssl@3', { signal })).toMatchObject({
      package: { versions: [{ version: '3.6.0_1' }] },
    });
    expect(server.asked).toContain('/formula/openssl%403.json');
    await expect(brew.fetchPackage('user/tap/formula', { signal })).rejects.toMatchObject({
      problem: { code: 'ingest/bad-name' },
    });
    server.answers.set(
      '/formula/head-only.json',
      json({ name: 'head-only', versions: { stable: null } }),
    );
    await expect(brew.fetchPackage('head-only', { signal })).rejects.toThrow('no stable version');
  });
});

describe('apt', () => {
  const list = readFileSync(join(fixtures, 'apt/Packages'));

  test('selects the existing alternative, or the provider of a virtual package', async () => {
    const server = await serve('apt');
    const apt = new AptRegistry([new URL('Packages', server.url)], http());
    expect(await apt.fetchPackage('bsd-mailx', { signal })).toMatchObject({
      package: {
        description: 'simple mail user agent',
        versions: [
          {
            version: '8.1.2-0.20220412cvs-1',
            dependencies: [
              {
                name: 'exim4-daemon-light',
                range: 'default-mta | mail-transport-agent',
                type: 'runtime',
              },
              { name: 'libbsd0', range: 'libbsd0 (>= 0.11.0)', type: 'runtime' },
              { name: 'libc6', range: 'libc6 (>= 2.33)', type: 'runtime' },
              { name: 'liblockfile1', range: 'liblockfile1 (>= 1.0)', type: 'runtime' },
            ],
          },
        ],
      },
    });
    expect(await apt.fetchPackage('no-such', { signal })).toEqual({ state: 'missing' });
    expect(server.asked).toHaveLength(1);
  });

  test('loads one list for all callers, compressed or plain, and revalidates it later', async () => {
    const server = await serve('apt');
    server.answers.set('/Packages.gz', (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(gzipSync(list));
    });
    const apt = new AptRegistry([new URL('Packages.gz', server.url)], http(), { maxAge: 0 });
    const both = await Promise.all([
      apt.fetchPackage('libc6', { signal }),
      apt.fetchPackage('curl', { signal }),
    ]);
    expect(server.asked).toHaveLength(1);
    const [libc6] = both;
    const etag = libc6.state === 'found' ? libc6.package.etag : '';
    expect(await apt.fetchPackage('libc6', { etag, signal })).toEqual({ state: 'unchanged' });
    expect(server.asked).toHaveLength(2);
  });

  test('aborts a load without waiters, and starts a new one for the next caller', async () => {
    const server = await serve('apt');
    server.answers.set('/Packages', () => {});
    const apt = new AptRegistry([new URL('Packages', server.url)], http());
    const stop = new AbortController();
    const runs = ['libc6', 'curl'].map(async (name) =>
      apt.fetchPackage(name, { signal: stop.signal }),
    );
    setTimeout(() => stop.abort(new Error('stopped')), 30);
    for (const run of runs) await expect(run).rejects.toThrow('stopped');
    server.answers.delete('/Packages');
    expect(await apt.fetchPackage('libc6', { signal })).toMatchObject({ state: 'found' });
  });

  test('rejects invalid lists; a damaged list is a temporary failure', async () => {
    const server = await serve('apt');
    const ask = async (body: Uint8Array) => {
      server.answers.set('/list', (_, response) => void response.writeHead(200).end(body));
      return new AptRegistry([new URL('list', server.url)], http()).fetchPackage('libc6', {
        signal,
      });
    };
    await expect(ask(Buffer.from('<html>\n</html>\n'))).rejects.toMatchObject({ retry: false });
    await expect(ask(Buffer.from('\n\n'))).rejects.toThrow('contains no packages');
    await expect(ask(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))).rejects.toThrow(
      'compressed with xz',
    );
    await expect(ask(gzipSync(list).subarray(0, 2000))).rejects.toMatchObject({ retry: true });
    await expect(ask(Buffer.from(`Package: ${'x'.repeat(2e6)}`))).rejects.toThrow(
      'a line that is too long',
    );
  });
});

test('only registries with an address are configured, and addresses are validated', () => {
  const names = (env: Record<string, string>) => [...configureRegistries(env).keys()];
  expect(names({})).toEqual([]);
  expect(
    names({
      npm_config_registry: 'https://registry.example/',
      JSR_REGISTRY_URL: '',
      APT_PACKAGES_URL: 'http://a/Packages, http://b/Packages.gz',
    }),
  ).toEqual(['npm', 'apt']);
  for (const address of [
    'registry.example',
    'file:///etc',
    'https://me:secret@registry.example/',
  ]) {
    expect(() => configureRegistries({ NPM_REGISTRY_URL: address })).toThrow(
      'NPM_REGISTRY_URL is not the address',
    );
  }
});
