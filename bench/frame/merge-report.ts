import { formatMachine, type Machine } from './describe-machine.ts';
import { columns, rowCells } from './row-cells.ts';
import type { Row } from './suite.ts';

export interface SuiteResult {
  readonly name: string;
  readonly summary: string;
  readonly rows: readonly Row[];
}

const head = `# Benchmarks

Written by \`npm run bench -- --report FILE\`; a suite that runs again replaces its own
section only. Ours and the peer alternated within one run, after a warm-up of each;
medians are quoted. The ratio is ours divided by the peer's. Bytes are decimal.
`;

/**
 * Puts the results into a report that may exist already. Each section names its own
 * machine: the sections need not come from the same one.
 */
export function mergeReport(
  existing: string,
  machine: Machine,
  results: readonly SuiteResult[],
): string {
  const sections = new Map(
    [...existing.matchAll(/<!-- suite (\S+) -->\n(.*?)<!-- end \1 -->/gs)].map(
      ([, name = '', body = '']) => [name, body],
    ),
  );
  for (const result of results) sections.set(result.name, printSection(machine, result));
  const names = [...sections.keys()].toSorted();
  const printed = names.map(
    (name) => `<!-- suite ${name} -->\n${sections.get(name)}<!-- end ${name} -->\n`,
  );
  return [head, ...printed].join('\n');
}

function printSection(machine: Machine, { name, summary, rows }: SuiteResult): string {
  const tableRow = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `## ${name}`,
    '',
    `${summary}. Measured on ${formatMachine(machine)}.`,
    '',
    tableRow(columns),
    '| :-- | --: | --: | --: | :-- | :-- |',
    ...rows.map((row) => tableRow(rowCells(row))),
    '',
  ].join('\n');
}
