/** Teaches rather than lists: what to type, what comes out, and what it means. */
export function printHelp(suites: readonly string[]): string {
  const some = suites[0] ?? 'SUITE';
  const lines = [
    [some, 'one suite, as a table'],
    [`${some} --runs 51`, 'more rounds, for a quieter median'],
    [`${some} --json`, 'one JSON object a line'],
    ['--report bench/REPORT.md', 'all, and keep the tables'],
  ] as const;
  const width = Math.max(...lines.map(([command]) => command.length));
  const examples = lines
    .map(([command, what]) => `  npm run bench -- ${command.padEnd(width)}  ${what}`)
    .join('\n');
  return `npm run bench -- [SUITE...] [flags]

Measures this package against its peers. Without a suite, all of them run:
  ${suites.join(', ')}

${examples}

  -l, --list      the suites and what they measure
      --runs N    rounds of every contest; without it each suite has its own number
      --json      rows on stdout, everything else on stderr
      --report F  writes the tables into F; suites that did not run keep theirs
  -h, --help      this text

How it measures: each contestant warms up, then they take turns within one run
and the order rotates, so load on the machine hits all alike. Medians are quoted.
The ratio is ours divided by the peer's: for times and sizes, less is better.
A bare target ("at most 1.2") bounds the ratio; one with a unit ("at most 3 ms")
bounds our own figure, which depends on the machine described at the top.

The peers live in bench/node_modules. They are installed by the first run, and
again when bench/package-lock.json changed.

Exit code: 0 every target holds, 1 one was missed, 2 a suite could not run.
`;
}
