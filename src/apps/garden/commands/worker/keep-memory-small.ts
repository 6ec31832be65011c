import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Target size of the young generation. V8 allocates up to three times as much. With less, garbage
 * collection runs constantly.
 */
const ROOM = 8 * 1024 * 1024;
/** Maximum number of objects to allocate. More than enough to fill the young generation. */
const MOST = 1_000_000;

/**
 * Limits the heap of a long-running program. On a machine with much memory, V8 lets 130 MB of
 * garbage accumulate before a collection, and loading the program alone reaches that. This function
 * frees that garbage, grows the young generation once, and then fixes its size.
 */
export function keepMemorySmall(): void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  // Only a last-resort collection returns memory to the system.
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' });
  const before = room();
  if (before < ROOM) {
    v8.setFlagsFromString(`--semi-space-growth-factor=${Math.round(ROOM / before)}`);
    // The young generation grows when more objects survive than fit into it.
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
