import { on } from 'node:events';
import { registerHooks } from 'node:module';
import process from 'node:process';
import { commands } from '../commands.ts';
import { recordIo } from '../record-io.fixture.ts';
import { run } from '../run.ts';
import type { Ask } from './project.fixture.ts';

/**
 * Runs `garden` for one test after the other, in a Node without a test runner's
 * loader: what takes most of a run is loading drizzle-kit and ourselves.
 */
let runs = 0;
// A user's files are new in every run, as they are in a process of its own.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return found.url.includes('/garden-generate-test-')
      ? { ...found, url: `${found.url}?run=${runs}` }
      : found;
  },
});

for await (const [{ id, cwd, args }] of on(process, 'message', {
  close: ['disconnect'],
}) as AsyncIterable<[Ask]>) {
  runs += 1;
  const io = recordIo({ cwd });
  const code = await run(args, io, { commands });
  process.send?.({ id, code, out: io.out(), err: io.err() });
}
