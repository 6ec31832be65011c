import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves a built page from a folder. A navigation to a missing file gets index.html,
 * because the page has its own routes: a package may be named `socket.io`. A file may be there
 * only as `NAME.gz`, as the build of this package compresses its scripts.
 */
export async function serveStatic(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('method not allowed\n', { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const path = decodePath(new URL(request.url).pathname);
  if (path === undefined) return new Response('bad path\n', { status: 400 });
  const isVisit = request.headers.get('accept')?.includes('text/html') ?? false;
  const requestedFile = extname(path) === '' ? 'index.html' : path;
  const found = await readInside(folder, requestedFile);
  const name = found === undefined && isVisit ? 'index.html' : requestedFile;
  const file = name === requestedFile ? found : await readInside(folder, name);
  if (file === undefined) return new Response('not found\n', { status: 404 });
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const isSentCompressed = file.isCompressed && takesGzip;
  const body = file.isCompressed && !takesGzip ? await unpack(file.bytes) : file.bytes;
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: {
      ...(isSentCompressed && { 'content-encoding': 'gzip' }),
      ...(file.isCompressed && { vary: 'accept-encoding' }),
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-length': String(body.length),
      // vite puts a content hash into file names; the page itself is always revalidated.
      'cache-control': name.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    },
  });
}

const unpack = promisify(gunzip);

interface StaticFile {
  readonly bytes: Buffer;
  readonly isCompressed: boolean;
}

/** Paths outside the folder count as missing. */
async function readInside(folder: string, name: string): Promise<StaticFile | undefined> {
  const file = normalize(join(folder, name));
  if (!file.startsWith(folder + sep)) return undefined;
  const plain = await readFile(file).catch(() => undefined);
  if (plain !== undefined) return { bytes: plain, isCompressed: false };
  const packed = await readFile(`${file}.gz`).catch(() => undefined);
  return packed && { bytes: packed, isCompressed: true };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
