import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/frame/**/*.test.ts'],
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'] },
    // A PGlite or Postgres boot on a busy two-core machine can take several seconds.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Files share their workers' modules: loading Drizzle, Zod and PGlite 70 times costs a
    // quarter of the run, and no test changes what another one sees.
    isolate: false,
    // One more than the two cores that CI has: tests of real servers mostly wait. Each
    // worker that opens PGlite costs about 200 MB.
    maxWorkers: 3,
  },
});
