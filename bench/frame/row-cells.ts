import { formatNumber, formatQuantity } from './quantity.ts';
import type { Row } from './suite.ts';

export const columns = [
  'name',
  'ours',
  'peer',
  'ratio',
  'reference',
  'multiple',
  'target',
  'holds',
] as const;

/** The cells of a row, for the terminal and the report. */
export function rowCells(row: Row): string[] {
  const { name, value, unit, peer, ratio, reference, multiple, target, holds } = row;
  return [
    name,
    value === null ? 'not measured' : formatQuantity(value, unit),
    peer === null ? '–' : formatQuantity(peer, unit),
    ratio === null ? '–' : `${ratio.toFixed(3)}×`,
    reference === null
      ? '–'
      : `${reference.name}: ${formatQuantity(reference.value, reference.unit)}`,
    multiple === null ? '–' : `${formatNumber(multiple)}×`,
    target ?? '–',
    holds === null ? '–' : holds ? 'yes' : 'NO',
  ];
}
