import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';

/** Maximum size in bytes (gzip) that `./zero` may add to a frontend with Zero: 12 kB without checks. */
const LIMIT = 16_000;

/** Maximum part of it for checking rows against the constraints of the tables. */
const CHECKS_LIMIT = 5_000;

/** The imports from Zero of any frontend with queries and mutators. */
const ZERO = `
  import { createBuilder, defineMutator, defineMutators, defineQueries, defineQuery, Zero } from '@rocicorp/zero';
  console.log(createBuilder, defineMutator, defineMutators, defineQueries, defineQuery, Zero);
`;
const OURS = `
  import { anonymous, mutators, queries, schema, zql } from '../src/apps/garden/zero/index.ts';
  console.log(anonymous, mutators, queries, schema, zql);
`;

async function bundle(
  contents: string,
  external: string[] = [],
): Promise<{ gzip: number; meta: Metafile }> {
  const result = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    external,
    write: false,
  });
  const [file] = result.outputFiles;
  return { gzip: gzipSync(file?.contents ?? '').length, meta: result.metafile };
}

test('./zero adds little to a bundle with Zero, and neither Drizzle nor all of Zod', async () => {
  const [alone, both] = await Promise.all([bundle(ZERO), bundle(ZERO + OURS)]);
  const added = both.gzip - alone.gzip;
  expect(added, `${added} bytes gzip`).toBeLessThanOrEqual(LIMIT);
  expect(added).toBeGreaterThan(1_000);
  const inputs = Object.keys(both.meta.inputs);
  expect(inputs.filter((path) => /drizzle-orm|^node:|zod\/v4\/classic|zod\/v3/.test(path))).toEqual(
    [],
  );
  const own = inputs.filter((path) => path.startsWith('src/'));
  const known =
    /^src\/(?:guard\/crud|model\/values|apps\/garden\/(?:zero\/|tables\/(?:registry|web-address)))/;
  expect(own.filter((path) => !known.test(path))).toEqual([]);
});

test('the checks of rows are small, and do without Zod', async () => {
  const { gzip, meta } = await bundle(`
    import { columnProblem } from '../src/model/values/column-problem.ts';
    import { checks } from '../src/apps/garden/zero/zero-checks.gen.ts';
    console.log(columnProblem, checks);
  `);
  expect(gzip, `${gzip} bytes gzip`).toBeLessThanOrEqual(CHECKS_LIMIT);
  expect(Object.keys(meta.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
});

test('checkedWrites, with the checks, is as small', async () => {
  const { gzip, meta } = await bundle(
    `
    import { checkedWrites } from '../src/guard/crud/checked-writes.ts';
    import { checks } from '../src/apps/garden/zero/zero-checks.gen.ts';
    console.log(checkedWrites, checks);
  `,
    ['@rocicorp/zero'],
  );
  expect(gzip, `${gzip} bytes gzip`).toBeLessThanOrEqual(CHECKS_LIMIT);
  expect(Object.keys(meta.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
});
