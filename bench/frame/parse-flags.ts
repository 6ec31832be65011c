import { parseArgs } from 'node:util';
import { ProblemError } from '../../src/report/problem.ts';
import { nearestName } from './nearest-name.ts';

export interface Flags {
  readonly suites: readonly string[];
  readonly list: boolean;
  readonly help: boolean;
  readonly json: boolean;
  readonly runs: number | undefined;
  readonly report: string | undefined;
  /** A folder with the sources of other linters, whose tests `validate` runs. */
  readonly peerSuites: string | undefined;
}

const options = {
  list: { type: 'boolean', short: 'l' },
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  runs: { type: 'string' },
  report: { type: 'string' },
  'peer-suites': { type: 'string' },
} as const;

/** Parses the command line. Reports each mistake as a problem with a fix. */
export function parseFlags(argv: readonly string[]): Flags {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw wrongFlag(argv, error);
  }
  const { values, positionals } = parsed;
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && (!Number.isInteger(runs) || runs < 1)) {
    throw new ProblemError({
      code: 'bench/wrong-runs',
      message: `--runs must be a whole number of at least 1, but is "${values.runs}".`,
      fix: 'for example: npm run bench -- foundation --runs 15',
    });
  }
  return {
    suites: [...new Set(positionals)],
    list: values.list ?? false,
    help: values.help ?? false,
    json: values.json ?? false,
    runs,
    report: values.report,
    peerSuites: values['peer-suites'],
  };
}

function wrongFlag(argv: readonly string[], cause: unknown): ProblemError {
  const known = Object.keys(options);
  const wrong = argv.find((word) => /^--?\w/.test(word) && !known.includes(flagName(word)));
  const near = wrong && nearestName(flagName(wrong), known);
  return new ProblemError(
    {
      code: 'bench/wrong-flag',
      message: wrong
        ? `unknown flag ${wrong}.`
        : cause instanceof Error
          ? cause.message
          : 'the flags cannot be parsed.',
      fix: near ? `did you mean --${near}?` : 'npm run bench -- --help lists the flags.',
    },
    { cause },
  );
}

const flagName = (word: string): string => word.replace(/^--?/, '').replace(/=.*$/, '');
