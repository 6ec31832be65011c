import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, by kind: comparisons at random, other programs, databases, and all else. */
const KINDS = [
  /agreement|mutants|migrations\.pglite|other-writes/,
  /\.e2e\.|docs-examples|type-cost|generate\/drizzle-kit/,
  /\.pglite\./,
];

/** The long ones first, so that no worker is left alone with one at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kindOf = ({ moduleId }: TestSpecification): number => {
      const kind = KINDS.findIndex((pattern) => pattern.test(moduleId));
      return kind === -1 ? KINDS.length : kind;
    };
    return (await super.sort(files)).toSorted((a, b) => kindOf(a) - kindOf(b));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/frame/**/*.test.ts'],
    typecheck: {
      enabled: true,
      include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'],
      // Only the type tests and what they import; `npm run types` checks all files.
      tsconfig: 'tsconfig.type-tests.json',
    },
    // A PGlite or Postgres boot on a busy two-core machine can take several seconds.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Files share their workers' modules: loading Drizzle, Zod and PGlite 70 times costs a
    // quarter of the run, and no test changes what another one sees.
    isolate: false,
    // As many as the cores that CI has: each worker compiles Drizzle, Zod and PGlite again,
    // and takes about 200 MB. test:servers has one more, because servers mostly wait.
    maxWorkers: 2,
    // What tests start of ours, drizzle-kit and zero-cache is compiled once and not each time:
    // a third to a half of what such a process costs.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node-compile') },
    execArgv: [
      // Before anything loads Drizzle; it saves each worker half a second.
      '--import',
      join(import.meta.dirname, 'test/load-drizzle-quickly.ts'),
      // Each PGlite has 128 MB outside of V8's heap. By default V8 collects the whole heap for
      // about each of them, and that is a fifth of the run. With these, only as the heap grows.
      '--external-memory-accounted-in-global-limit',
      '--initial-old-space-size=500',
    ],
    sequence: { sequencer: LongestFirst },
  },
});
