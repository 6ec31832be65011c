import type { SeedProgress, SeedResult } from '../seed/progress.ts';
import type { Io } from '../../../command/io.ts';
import type { Paint } from '../../../command/paint.ts';

export interface SeedReporter {
  readonly onProgress: (event: SeedProgress) => void;
  /** Ends a progress bar that a failure left open. */
  readonly end: () => void;
  readonly finish: (result: SeedResult) => void;
}

const BAR = 24;
/** Milliseconds between two progress lines if the output is not a terminal. */
const QUIET_MS = 10_000;

/**
 * Shows a progress bar with rate and remaining time on a terminal, and occasional lines elsewhere.
 */
export function seedReporter(
  { stdout }: Pick<Io, 'stdout'>,
  paint: Paint,
  clock: () => number = () => performance.now(),
): SeedReporter {
  let open = false;
  let began = clock();
  let from = 0;
  let total = 0;
  let spoke = began;
  const show = (text: string): void => {
    if (stdout.isTTY) stdout.write(`\r${text}\u001B[K`);
    else stdout.write(`${text}\n`);
    open = stdout.isTTY;
  };
  const end = (): void => {
    if (open) stdout.write('\n');
    open = false;
  };
  return {
    end,
    onProgress(event) {
      switch (event.type) {
        case 'started':
          end();
          began = clock();
          spoke = began;
          from = event.alreadyThere;
          total = event.packages;
          return;
        case 'loaded': {
          const now = clock();
          const isLast = event.packages >= total;
          if (!stdout.isTTY && !isLast && now - spoke < QUIET_MS) return;
          spoke = now;
          const seconds = (now - began) / 1000;
          const rate = event.rows / Math.max(seconds, 0.001);
          const left = ((total - event.packages) / Math.max(event.packages - from, 1)) * seconds;
          const done = `${showNumber(event.packages)} of ${showNumber(total)} packages, ${showNumber(event.rows)} rows, ${showNumber(rate)} rows/s`;
          const rest = isLast ? '' : `, ${showTime(left)} left`;
          show(`  ${stdout.isTTY ? `${bar(event.packages / total, paint)} ` : ''}${done}${rest}`);
          return;
        }
        case 'analyzing':
          end();
          stdout.write(`  ${paint('dim', 'updating the statistics of Postgres …')}\n`);
      }
    },
    finish({ packages, alreadyThere, rows, milliseconds }) {
      end();
      const done =
        rows === 0
          ? `Nothing to do: ${showNumber(alreadyThere)} packages already exist.`
          : `Inserted ${showNumber(packages)} packages (${showNumber(rows)} rows) in ${showTime(milliseconds / 1000)}.`;
      stdout.write(`${paint('green', done)}\n`);
    },
  };
}

function bar(share: number, paint: Paint): string {
  const full = Math.round(Math.min(share, 1) * BAR);
  return paint('green', '█'.repeat(full)) + paint('dim', '░'.repeat(BAR - full));
}

const showNumber = (value: number): string => Math.round(value).toLocaleString('en-GB');

function showTime(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
