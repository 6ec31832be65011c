import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { BARE_TABLE } from './bare-table.fixture.ts';

/** A frontend that uses a table and a type. */
const FRONTEND = `
  import { packages, type Package } from '../src/apps/garden/index.ts';
  const row: Package | undefined = undefined;
  console.log(packages, row);
`;

const TOTAL_LIMIT = 16_000;
const OWN_LIMIT = 5_000;

let bytes: Uint8Array;
let meta: Metafile;
let withoutOurs: Uint8Array;

beforeAll(async () => {
  ({ bytes, meta } = await bundle(FRONTEND));
  ({ bytes: withoutOurs } = await bundle(BARE_TABLE));
});

async function bundle(source: string): Promise<{ bytes: Uint8Array; meta: Metafile }> {
  const result = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    // With this platform, an imported Node module is an error, not a warning.
    platform: 'browser',
    metafile: true,
    write: false,
  });
  return { bytes: result.outputFiles[0]?.contents ?? new Uint8Array(), meta: result.metafile };
}

test('a frontend that imports a table stays small', () => {
  const total = gzipSync(bytes).length;
  const ours = total - gzipSync(withoutOurs).length;
  expect(total, `${total} bytes gzip`).toBeLessThanOrEqual(TOTAL_LIMIT);
  expect(ours, `${ours} bytes gzip of ours`).toBeLessThanOrEqual(OWN_LIMIT);
});

test('it contains no Node module, no driver, no validator, and no unused table', () => {
  const inputs = Object.keys(meta.inputs);
  expect(inputs.filter((path) => path.startsWith('node:'))).toEqual([]);
  const foreign = inputs.filter(
    (path) => path.includes('node_modules') && !path.includes('node_modules/drizzle-orm/'),
  );
  expect(foreign).toEqual([]);
  const used = Object.values(meta.outputs).flatMap(({ inputs: parts }) =>
    Object.entries(parts).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  expect(used.filter((path) => path.includes('apps/garden/')).toSorted()).toEqual([
    'src/apps/garden/access.ts',
    'src/apps/garden/tables/account.ts',
    'src/apps/garden/tables/packages.ts',
    'src/apps/garden/tables/registry.ts',
    'src/apps/garden/tables/search.ts',
    'src/apps/garden/tables/web-address.ts',
  ]);
});
