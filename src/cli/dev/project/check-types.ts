import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startProcess } from '../../../processes/start-process.ts';
import { installedPackage } from '../../../report/installed-package.ts';

/** The errors of a type check, as the compiler prints them. */
type TypeErrors = readonly string[];

/**
 * Checks the project with its own TypeScript, in the background and at low priority. Undefined if
 * the folder has no tsconfig.json or no TypeScript, or if the check was aborted.
 */
async function checkTypes(folder: string, signal: AbortSignal): Promise<TypeErrors | undefined> {
  const typescript = installedPackage('typescript', folder);
  if (typescript === undefined || !existsSync(join(folder, 'tsconfig.json'))) return undefined;
  const compiler = join(typescript.folder, 'bin/tsc');
  const part = startProcess(
    'types',
    [process.execPath, compiler, '--noEmit', '--pretty', 'false'],
    process.env,
    { cwd: folder },
  );
  if (part.pid !== undefined) setPriority(part.pid, constants.priority.PRIORITY_LOW);
  const stop = (): void => void part.stop();
  signal.addEventListener('abort', stop, { once: true });
  await part.ended;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return undefined;
  return part
    .log()
    .split('\n')
    .filter((line) => /\berror TS\d+: /.test(line));
}

const SHOWN = 5;

export interface TypeReporter {
  /** Starts a check, and ends the current one. */
  check(): void;
  /** Ends the current check. */
  cancel(): void;
}

/** Checks types after each change. Prints new errors, or a line when all errors are gone. */
export function typeReporter(
  folder: string,
  stop: AbortSignal,
  tell: (text: string) => void,
): TypeReporter {
  let current: AbortController | undefined;
  let printed = '';
  const print = (errors: TypeErrors): void => {
    if (errors.join('\n') === printed) return;
    printed = errors.join('\n');
    const more = errors.length - SHOWN;
    const lines = [
      ...errors.slice(0, SHOWN).map((error) => `types | ${error}`),
      ...(more > 0 ? [`types | and ${more} more: npx tsc --noEmit`] : []),
    ];
    tell(errors.length === 0 ? '✓ no type errors anymore.' : lines.join('\n'));
  };
  const check = async (signal: AbortSignal): Promise<void> => {
    const errors = await checkTypes(folder, signal);
    if (errors !== undefined) print(errors);
  };
  return {
    cancel: () => current?.abort(),
    check() {
      current?.abort();
      current = new AbortController();
      void check(AbortSignal.any([current.signal, stop]));
    },
  };
}
