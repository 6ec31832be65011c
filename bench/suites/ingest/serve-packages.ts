import { createServer } from 'node:http';

/**
 * A local registry in a separate process. `p0`, `p1`, … have 20 versions with three dependencies on
 * each other. `huge` is a document of 37 MB that is generated while it is sent.
 */

const VERSIONS = 20;
const DEPENDENCIES = 3;
const count = Number(process.argv[2] ?? '1000');

const versionAt = (at: number): string => `1.${at}.0`;

function manifest(name: string, at: number, version: number): object {
  const dependencies = Object.fromEntries(
    Array.from({ length: DEPENDENCIES }, (_, step) => [
      `p${(at * 7 + step * 13 + 1) % count}`,
      step === 0 ? versionAt(version) : `^1.${Math.floor(version / 2)}.0`,
    ]),
  );
  return {
    name,
    version: versionAt(version),
    dependencies,
    dist: {
      tarball: `https://registry.example/${name}/-/${name}-${versionAt(version)}.tgz`,
      shasum: '0123456789abcdef0123456789abcdef01234567',
      integrity: `sha512-${'x'.repeat(86)}==`,
    },
    engines: { node: '>=20' },
  };
}

function packument(at: number): string {
  const name = `p${at}`;
  const versions = Object.fromEntries(
    Array.from({ length: VERSIONS }, (_, version) => [
      versionAt(version),
      manifest(name, at, version),
    ]),
  );
  const tags = { latest: versionAt(VERSIONS - 1) };
  return JSON.stringify({
    name,
    modified: '2026-01-01T00:00:00.000Z',
    'dist-tags': tags,
    versions,
  });
}

/** Generated in advance, because the registry's own work is not measured. */
const packuments = Array.from({ length: count }, (_, at) => packument(at));

const LARGE = 37 * 1000 * 1000;

/**
 * Similar to the largest documents of npm: thousands of versions with dozens of dependencies each.
 */
function* huge(): Generator<string> {
  let sent = 0;
  let piece = '{"name":"huge","dist-tags":{"latest":"1.0.0"},"versions":{';
  for (let version = 0; sent < LARGE; version += 1) {
    const dependencies = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `dependency-number-${at}`,
        `^${at}.${version % 50}.0`,
      ]),
    );
    const one = {
      name: 'huge',
      version: `1.0.${version}`,
      dependencies,
      readme: 'x'.repeat(8_000),
    };
    piece += `${version === 0 ? '' : ','}"1.0.${version}":${JSON.stringify(one)}`;
    sent += piece.length;
    yield piece;
    piece = '';
  }
  yield '}}';
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  response.setHeader('content-type', 'application/json');
  const match = /^\/p(\d+)(\/latest)?$/.exec(path);
  if (match !== null && Number(match[1]) < count) {
    const at = Number(match[1]);
    response.end(
      match[2] === undefined
        ? packuments[at]
        : JSON.stringify({
            name: `p${at}`,
            version: versionAt(VERSIONS - 1),
            description: `Package number ${at}`,
          }),
    );
  } else if (path === '/huge') {
    const pieces = huge();
    const send = (): void => {
      for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
        if (!response.write(next.value)) {
          response.once('drain', send);
          return;
        }
      }
      response.end();
    };
    send();
  } else response.writeHead(404).end('{}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit(0));
