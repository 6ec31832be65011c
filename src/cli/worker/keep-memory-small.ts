import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap for new objects as small as it is. V8 lets it grow with the machine's
 * memory, to well over 100 MB of garbage that nobody collects yet; a worker that reads a
 * document of 37 MB then takes twice the memory for a few per cent of time.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
