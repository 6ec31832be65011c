import type { OnStage } from '../../processes/stage.ts';
import { escapeControls } from '../../command/escape-controls.ts';
import type { Io } from '../../command/io.ts';
import type { Paint } from '../../command/paint.ts';

export interface StageReporter {
  readonly onStage: OnStage;
  /** Ends an incomplete line after a failure. */
  readonly end: () => void;
}

/**
 * Prints one line per stage. A terminal shows the line while the stage runs, and completes
 * it then.
 */
export function stageReporter({ stdout }: Pick<Io, 'stdout'>, paint: Paint): StageReporter {
  let open = false;
  const end = (): void => {
    if (open) stdout.write('\n');
    open = false;
  };
  return {
    end,
    onStage(event) {
      if (event.type === 'begun') {
        end();
        if (!stdout.isTTY) return;
        stdout.write(`  ${event.stage.padEnd(WIDTH)} …`);
        open = true;
        return;
      }
      if (open) stdout.write('\r\u001B[K');
      open = false;
      const seconds = `${(event.milliseconds / 1000).toFixed(1)} s`;
      stdout.write(
        `${paint('green', '✓')} ${event.stage.padEnd(WIDTH)} ${escapeControls(event.detail)}  ${paint('dim', seconds)}\n`,
      );
    },
  };
}

const WIDTH = 12;
