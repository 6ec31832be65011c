import type { RegistryState } from '../queue/queue-state.ts';
import { escapeControls } from '../../../command/escape-controls.ts';
import type { Paint } from '../../../command/paint.ts';
import type { QueueView } from './queue-view.ts';

const HEAD = [
  '',
  'due',
  'oldest',
  'later',
  'fetching',
  'expired',
  'completed',
  'failed',
  'cancelled',
];

/** Formats the state of the queue for the terminal. */
export function printQueue({ recovered, pruned, registries }: QueueView, paint: Paint): string {
  const lines: string[] = [];
  if (recovered !== undefined) {
    lines.push(
      `Recovered: ${recovered.pending} pending again, ${recovered.failed} failed for good.`,
    );
  }
  if (pruned !== undefined) lines.push(`Pruned: ${pruned} requests.`);
  if (registries.length === 0) {
    return [...lines, 'The queue is empty, and no request ended within the last hour.', ''].join(
      '\n',
    );
  }
  const rows = registries.map(cells);
  const widths = HEAD.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]!.length)),
  );
  const align = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ');
  lines.push(paint('dim', align(HEAD)), ...rows.map(align));
  const expired = registries.reduce((sum, { expired }) => sum + expired, 0);
  if (expired > 0) {
    lines.push(
      paint(
        'yellow',
        `${expired} ${expired === 1 ? 'lease' : 'leases'} expired: a worker stopped without releasing its requests.`,
      ) + ' Running workers recover them, and so does `garden queue --recover`.',
    );
  }
  return `${lines.join('\n')}\n`;
}

const cells = (state: RegistryState): readonly string[] => [
  escapeControls(state.registry),
  String(state.due),
  state.oldest === null ? '–' : showSeconds(state.oldest),
  String(state.later),
  String(state.fetching),
  String(state.expired),
  String(state.lastHour.completed),
  String(state.lastHour.failed),
  String(state.lastHour.cancelled),
];

function showSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
