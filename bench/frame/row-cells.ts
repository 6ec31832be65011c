import { formatQuantity } from './quantity.ts';
import type { Row } from './suite.ts';

export const columns = ['name', 'ours', 'peer', 'ratio', 'target', 'holds'] as const;

/** A row's text, column by column: the same on the terminal and in the report. */
export function rowCells({ name, value, unit, peer, ratio, target, holds }: Row): string[] {
  return [
    name,
    value === null ? 'not measured' : formatQuantity(value, unit),
    peer === null ? '–' : formatQuantity(peer, unit),
    ratio === null ? '–' : `${ratio.toFixed(3)}×`,
    target ?? '–',
    holds === null ? '–' : holds ? 'yes' : 'NO',
  ];
}
