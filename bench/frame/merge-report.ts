import { formatMachine, type Machine } from './describe-machine.ts';
import { columns, rowCells } from './row-cells.ts';
import type { Row } from './suite.ts';

export interface SuiteResult {
  readonly name: string;
  readonly summary: string;
  readonly rows: readonly Row[];
}

const head = `# Benchmarks

Written by \`npm run bench -- --report FILE\`; a suite replaces only its own
section. Ours and the peer alternate within one run, after a warm-up of each. The figures
are medians. The ratio is ours divided by the peer's. The multiple is ours divided
by a reference of the same run, so that targets for times and rates hold on any machine:
the round trip of \`select 1\` on the same connection, a process that does nothing
(\`node -e 0\`), a loop of plain \`fetch\`, a copy of the input through JSON. The code
in bench/suites documents the choice of each multiple. Bytes are decimal.
`;

/**
 * Adds results to a report, which may already exist. Each section names its own machine, because
 * sections can come from different machines.
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
    '| :-- | --: | --: | --: | :-- | --: | :-- | :-- |',
    ...rows.map((row) => tableRow(rowCells(row))),
    '',
  ].join('\n');
}
