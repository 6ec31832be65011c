import { extname } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../report/problem.ts';
import type { FetchProgramMessage } from './fetch-program.ts';
import type { Part } from './part.ts';
import { startProcess } from './start-process.ts';

export interface FetchProgramOptions {
  /** The displayed name: `server`. */
  readonly name: string;
  /** The module to import: JavaScript, or TypeScript that Node can run. */
  readonly file: string;
  /** The user's source of the module, for messages. */
  readonly source: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onOutput: (text: string) => void;
}

/** A server in a separate process. */
export interface FetchProgram extends Part {
  readonly url: string;
}

const READY_MS = 30_000;

const program = fileURLToPath(
  // TypeScript in the repository, JavaScript in the package.
  new URL(`./fetch-program${extname(import.meta.filename)}`, import.meta.url),
);

/** Serves a module whose default export has `fetch`, in a separate process. */
export async function startFetchProgram(options: FetchProgramOptions): Promise<FetchProgram> {
  const { name, file, source, env, cwd, onOutput } = options;
  const told = Promise.withResolvers<FetchProgramMessage>();
  const part = startProcess(name, [process.execPath, program, file], env, {
    cwd,
    onOutput,
    onMessage: (message) => told.resolve(message as FetchProgramMessage),
  });
  const over = new AbortController();
  const message = await Promise.race([
    told.promise,
    part.ended.then((): FetchProgramMessage => ({
      type: 'threw',
      stack: `it ended before it listened. Its output ends:\n${part.log().slice(-2000)}`,
    })),
    sleep(READY_MS, undefined, { signal: over.signal, ref: false }).then(
      (): FetchProgramMessage => ({ type: 'threw', stack: `it did not listen within 30 s.` }),
    ),
  ]).finally(() => over.abort());
  if (message.type === 'listening') return { ...part, url: message.url };
  await part.stop();
  throw message.type === 'no-fetch'
    ? new ProblemError({
        code: 'dev/no-fetch',
        message: `the server module has ${message.found}.`,
        places: [{ file: source }],
        fix: 'write export default { fetch: (request: Request) => server.handler(request) };',
      })
    : new ProblemError({
        code: 'dev/server-failed',
        message: `the server module cannot run: ${message.stack}`,
        places: [{ file: source }],
        fix: 'correct the error; the module is loaded again when you save it.',
      });
}
