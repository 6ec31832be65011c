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
}

const options = {
  list: { type: 'boolean', short: 'l' },
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  runs: { type: 'string' },
  report: { type: 'string' },
} as const;

/** Reads the command line. Every mistake in it is a problem that says how to mend it. */
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
      message: `--runs takes a whole number from 1, found "${values.runs}".`,
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
        ? `there is no flag ${wrong}.`
        : cause instanceof Error
          ? cause.message
          : 'the flags do not parse.',
      fix: near ? `did you mean --${near}?` : 'npm run bench -- --help lists the flags.',
    },
    { cause },
  );
}

const flagName = (word: string): string => word.replace(/^--?/, '').replace(/=.*$/, '');
