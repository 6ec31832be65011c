import type { Io } from '../../command/io.ts';
import type { RotationProgress } from '../../secrets/rotate/rotate-keys.ts';

interface RotationReporter {
  readonly onProgress: (progress: RotationProgress) => void;
  /** Ends the line of a terminal. */
  readonly end: () => void;
}

const EVERY_MS = 2000;
const EVERY_MS_ON_TERMINAL = 100;

/** Prints progress on stderr: one line that changes on a terminal, a line every two seconds elsewhere. */
export function rotationReporter({ stderr }: Pick<Io, 'stderr'>): RotationReporter {
  let printed = Number.NEGATIVE_INFINITY;
  let column: RotationProgress['column'] | undefined;
  return {
    onProgress(progress) {
      const now = performance.now();
      const isNext = progress.column !== column;
      if (!isNext && now - printed < (stderr.isTTY ? EVERY_MS_ON_TERMINAL : EVERY_MS)) return;
      printed = now;
      column = progress.column;
      const { table, name } = column;
      const text = `  ${table}.${name}  ${number(progress.done)} of ${number(progress.total)}`;
      stderr.write(stderr.isTTY ? `\r\u001B[K${text}` : `${text}\n`);
    },
    end() {
      if (stderr.isTTY && column !== undefined) stderr.write('\r\u001B[K');
    },
  };
}

const number = (value: number): string => value.toLocaleString('en-US');
