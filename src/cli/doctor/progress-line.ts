import type { Output } from '../../command/io.ts';

/** A line of progress. */
export interface ProgressLine {
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

/** Milliseconds before a line without a terminal is repeated. */
const QUIET = 5_000;

/** On a terminal, one line that is overwritten; elsewhere, a line every five seconds. */
export function progressLine(output: Output, signal: AbortSignal): ProgressLine {
  let shown = performance.now();
  return {
    show(text) {
      signal.throwIfAborted();
      if (output.isTTY) output.write(`\r\u001B[K${text} …`);
      else if (performance.now() - shown >= QUIET) {
        shown = performance.now();
        output.write(`${text} …\n`);
      }
    },
    clear: () => {
      if (output.isTTY) output.write('\r\u001B[K');
    },
  };
}
