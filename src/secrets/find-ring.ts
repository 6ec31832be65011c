import { readFileSync } from 'node:fs';
import { ProblemError } from '../report/problem.ts';
import { refuseExposedKeys, refuseExposedName } from './exposed-variable.ts';
import { parseRing, printEntry, type RingEntry } from './ring-text.ts';

/** Where a key ring is. */
export interface RingPlace {
  /** The file of the ring. Default: the file that the variable GARDEN_KEYS_FILE names. */
  readonly file?: string | undefined;
  /**
   * The variable that contains the ring. Default: GARDEN_KEYS. With `_FILE` appended, it is the
   * variable that names a file.
   */
  readonly variable?: string | undefined;
  /** The environment. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

export const VARIABLE = 'GARDEN_KEYS';

/** A ring before its wrapped keys are unwrapped. */
export interface FoundRing {
  readonly entries: readonly [RingEntry, ...RingEntry[]];
  /** The file, or undefined for a variable. */
  readonly file: string | undefined;
  /** The file or the variable, for messages. */
  readonly source: string;
}

/** Reads the ring of a process. Refuses one that is missing, malformed or exposed. */
export function findRing(place: RingPlace = {}): FoundRing {
  const { env = process.env, variable = VARIABLE } = place;
  const file = ringFile(place);
  if (file !== undefined) {
    return checked({ entries: parseRing(readRing(file), file), file, source: file }, variable, env);
  }
  const text = env[variable];
  if (text === undefined || text.trim() === '') throw noKeys(variable, env);
  const entries = parseRing(text, `$${variable}`);
  return checked({ entries, file: undefined, source: `$${variable}` }, variable, env);
}

/** The file of a ring; undefined if the ring is in a variable. */
export function ringFile({
  file,
  env = process.env,
  variable = VARIABLE,
}: RingPlace): string | undefined {
  refuseExposedName(variable);
  if (file !== undefined) return file;
  const named = env[`${variable}_FILE`];
  if (named === undefined || named.trim() === '') return undefined;
  if (env[variable] === undefined || env[variable].trim() === '') return named;
  throw new ProblemError({
    code: 'secrets/two-rings',
    message: `both ${variable} and ${variable}_FILE are set.`,
    fix: 'unset one of them.',
  });
}

function checked(
  ring: FoundRing,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): FoundRing {
  refuseExposedKeys(env, [variable, `${variable}_FILE`], ring.entries.map(printEntry));
  return ring;
}

function readRing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProblemError(
      {
        code: 'secrets/ring-file',
        message: `the key ring cannot be read: ${(error as NodeJS.ErrnoException).code}.`,
        places: [{ file }],
        fix: '`garden keys new --file FILE` creates a ring; the process needs the right to read it.',
      },
      { cause: error },
    );
  }
}

function noKeys(variable: string, env: Readonly<Record<string, string | undefined>>): ProblemError {
  refuseExposedKeys(env, [variable, `${variable}_FILE`], []);
  return new ProblemError({
    code: 'secrets/no-keys',
    message: `there is no key ring: neither ${variable} nor ${variable}_FILE is set.`,
    fix: `\`garden keys new --file FILE\` creates a ring; set ${variable}_FILE to its path, or ${variable} to its text.`,
  });
}
