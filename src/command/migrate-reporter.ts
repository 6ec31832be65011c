import {
  showBlocker,
  type Blocker,
  type MigrateProgress,
  type MigrateResult,
} from '../migrations/index.ts';
import { escapeControls } from './escape-controls.ts';
import type { Io } from './io.ts';
import type { Paint } from './paint.ts';

export interface MigrateReporter {
  readonly onProgress: (event: MigrateProgress) => void;
  /** Ends a line that a failure left incomplete. */
  readonly end: () => void;
  readonly finish: (result: MigrateResult) => void;
}

/** Prints one line per migration. On a terminal, the line appears when the migration starts and is completed when it ends. */
export function migrateReporter({ stdout }: Pick<Io, 'stdout'>, paint: Paint): MigrateReporter {
  let open = '';
  const end = (): void => {
    if (open !== '') stdout.write('\n');
    open = '';
  };
  const line = (text: string): void => {
    const again = open;
    end();
    stdout.write(`${text}\n`);
    if (again !== '') begin(again);
  };
  const begin = (text: string): void => {
    if (!stdout.isTTY) return;
    stdout.write(text);
    open = text;
  };

  const onProgress = (event: MigrateProgress): void => {
    switch (event.type) {
      case 'waiting':
        line(paint('yellow', `  waiting for another migration: ${showHolder(event.holder)}`));
        return;
      case 'blocked':
        for (const blocker of event.by) {
          line(
            paint(
              'yellow',
              `  ${event.tag}, statement ${event.statement}, waits for a lock held by ${escapeControls(showBlocker(blocker))}`,
            ),
          );
        }
        return;
      case 'applying':
        begin(`  ${event.tag} …`);
        return;
      case 'applied':
        if (open !== '') stdout.write('\r\u001B[K');
        open = '';
        stdout.write(`  ${event.tag}  ${paint('dim', showTime(event.milliseconds))}\n`);
        return;
      case 'planned':
    }
  };
  return {
    onProgress,
    end,
    finish({ applied, alreadyApplied, milliseconds }) {
      const before =
        alreadyApplied === 0
          ? ''
          : `; ${alreadyApplied} ${alreadyApplied === 1 ? 'was' : 'were'} already applied`;
      const done =
        applied.length === 0
          ? `Up to date: ${alreadyApplied} ${alreadyApplied === 1 ? 'migration' : 'migrations'}, nothing to do.`
          : `Applied ${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} in ${showTime(milliseconds)}${before}.`;
      stdout.write(`${paint('green', done)}\n`);
    },
  };
}

const showHolder = (holder: Blocker | undefined): string =>
  holder === undefined ? 'it has just finished' : escapeControls(showBlocker(holder));

const showTime = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
