/** Help with examples, flags and an explanation of the results. */
export function printHelp(suites: readonly string[]): string {
  const some = suites[0] ?? 'SUITE';
  const lines = [
    [some, 'run one suite and print a table'],
    [`${some} --runs 51`, 'more rounds, for a more stable median'],
    [`${some} --json`, 'one JSON object per line'],
    ['--report bench/REPORT.md', 'run all suites and save the tables'],
  ] as const;
  const width = Math.max(...lines.map(([command]) => command.length));
  const examples = lines
    .map(([command, what]) => `  npm run bench -- ${command.padEnd(width)}  ${what}`)
    .join('\n');
  return `npm run bench -- [SUITE...] [flags]

Measures this package against its peers. Without a suite, all of them run:
  ${suites.join(', ')}

${examples}

  -l, --list      list the suites with their descriptions
      --runs N    rounds of every contest; the default depends on the suite
      --json      print rows on stdout, everything else on stderr
      --report F  write the tables to F; sections of other suites are kept
      --peer-suites FOLDER  run the tests of splinter, squawk and postgres-language-server,
                  whose repositories are in FOLDER, against the rules of validate
  -h, --help      print this help

How it measures: each contestant warms up, then they alternate within one run
in a rotating order, so load on the machine affects all equally. Figures are medians.
The ratio is ours divided by the peer's: for times and sizes, lower is better.
A target without a unit ("at most 1.2") bounds the ratio. A target with a reference
("at most 20 × select 1") bounds the multiple, one with a unit ("at most 5 kB") our figure.

The peers are in bench/node_modules. The first run installs them, and they are installed
again when bench/package-lock.json changes.

Exit code: 0 all targets hold, 1 a target was missed, 2 a suite could not run.
`;
}
