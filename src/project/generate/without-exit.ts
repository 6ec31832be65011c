import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { ProblemError } from '../../report/problem.ts';

/**
 * Runs a function of drizzle-kit that prints a problem of the schema and ends the process. The
 * problem is thrown instead.
 */
export function withoutExit<Result>(configFile: string, work: () => Result): Result {
  const printed: string[] = [];
  const exit = process.exit.bind(process);
  const { log } = console;
  Object.assign(process, {
    exit() {
      throw new EndedProcess();
    },
  });
  Object.assign(console, { log: (...words: readonly unknown[]) => printed.push(words.join(' ')) });
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof EndedProcess)) throw cause;
    throw refused(configFile, printed.join(' '));
  } finally {
    Object.assign(process, { exit });
    Object.assign(console, { log });
  }
}

class EndedProcess extends Error {}

function refused(configFile: string, printed: string): ProblemError {
  const reason = stripVTControlCharacters(printed)
    .replaceAll(/\s+/g, ' ')
    .replace(/^ ?Warning /, '')
    .trim();
  return new ProblemError({
    code: 'generate/drizzle-kit-refused',
    message: `drizzle-kit refuses the schema: ${reason.replace(/\.?$/, '.')}`,
    places: [{ file: configFile }],
    fix: 'correct the table that it names. Nothing was written.',
  });
}
