import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BARE_TABLE } from '../../../test/bare-table.fixture.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

const ours = `
  import { packages } from './src/apps/garden/index.ts';
  globalThis.table = packages;
`;

/** Frontends import tables, so every visitor downloads the code of a table. */
export async function* measureBundle({
  root,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress('size of a browser bundle');
  const [whole, drizzle] = [await bundleBytes(ours, root), await bundleBytes(BARE_TABLE, root)];
  yield {
    name: 'packages in a browser, gzip / bare pgTable',
    value: whole,
    unit: 'B',
    peer: drizzle,
    target: 'at most 16 kB',
  };
  yield {
    name: 'size added to bare Drizzle',
    value: whole - drizzle,
    unit: 'B',
    target: 'at most 5 kB',
  };
}

async function bundleBytes(contents: string, root: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}
