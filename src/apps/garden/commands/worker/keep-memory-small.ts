import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Room for what is new, of which V8 holds up to three times as much. With less it collects garbage all the time. */
const ROOM = 8 * 1024 * 1024;
/** More than enough to fill it. */
const MOST = 1_000_000;

/**
 * For a program that runs for weeks. On a machine with much memory V8 else lets 130 MB
 * of garbage pile up before it looks at it. Loading the program has done so already:
 * that is given back, and then the room for what is new grows once, and no more.
 */
export function keepMemorySmall(): void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  // Only the last resort gives the space back.
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' });
  const before = room();
  if (before < ROOM) {
    v8.setFlagsFromString(`--semi-space-growth-factor=${Math.round(ROOM / before)}`);
    // It grows when more has survived than it holds.
    const kept: object[] = [];
    while (kept.length < MOST && room() === before) {
      for (let at = 0; at < 1000; at += 1) kept.push({});
    }
  }
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}

function room(): number {
  const space = v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space === undefined ? ROOM : space.space_used_size + space.space_available_size;
}
