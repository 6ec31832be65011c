import { stripVTControlCharacters } from 'node:util';
import { escapeLines } from '../../command/escape-controls.ts';
import type { Io } from '../../command/io.ts';
import type { Paint } from '../../command/paint.ts';
import type { SupervisorEvent } from '../../processes/supervise.ts';
import { ProblemError } from '../../report/problem.ts';
import { printProblems } from '../report-failure.ts';

const SHOWN = 8;

/** An event of a part, as text. */
export function printEvent(event: SupervisorEvent, io: Io, paint: Paint): string {
  const { name } = event;
  switch (event.type) {
    case 'restarted':
      return `${paint('green', '✓')} ${name} runs again.`;
    case 'ended':
      return [
        `${paint('yellow', '!')} ${name} ended unexpectedly, and is started again in ${seconds(event.restartsInMs)}. Its last output:`,
        ...lastLines(event.log).map((line) => `  ${escapeLines(line)}`),
      ].join('\n');
    case 'failed': {
      const { error } = event;
      const reason =
        error instanceof ProblemError
          ? printProblems(error, io)
          : escapeLines(error instanceof Error ? error.message : String(error));
      return `${paint('red', '✗')} ${name} could not be started; the next attempt is in ${seconds(event.restartsInMs)}.\n${reason}`;
    }
  }
}

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

const lastLines = (log: string): readonly string[] =>
  stripVTControlCharacters(log)
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .slice(-SHOWN);
