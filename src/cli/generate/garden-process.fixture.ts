import { on } from 'node:events';
import process from 'node:process';
import { commandsOf } from '../commands.ts';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { run } from '../run.ts';
import type { Ask } from './project.fixture.ts';

/**
 * Runs `garden` for one test after the other, in a Node without a test runner's
 * loader: what takes most of a run is loading drizzle-kit and ourselves. A schema
 * is bundled anew in every run, so that each sees it as it is.
 */
for await (const [{ id, cwd, args }] of on(process, 'message', {
  close: ['disconnect'],
}) as AsyncIterable<[Ask]>) {
  const io = recordIo({ cwd });
  const code = await run(args, io, { commands: commandsOf([gardenApp]) });
  process.send?.({ id, code, out: io.out(), err: io.err() });
}
