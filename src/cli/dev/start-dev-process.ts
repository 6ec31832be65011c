import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { DevOptions, DevProcess } from '../../command/dev-target.ts';
import type { Part, Parts } from '../../processes/part.ts';
import { startProcess } from '../../processes/start-process.ts';
import { supervise } from '../../processes/supervise.ts';
import { ProblemError } from '../../report/problem.ts';
import { lineWriter } from './line-writer.ts';

interface ProcessContext extends Pick<DevOptions, 'cwd' | 'env' | 'onEvent' | 'onLine'> {
  readonly variables: Readonly<Record<string, string>>;
}

/** Starts a process of the target, and starts it again if it ends. */
export async function startDevProcess(
  one: DevProcess,
  { cwd, env, variables, onEvent, onLine }: ProcessContext,
  parts: Parts,
): Promise<void> {
  const { name, command, shell = false, url, prints } = one;
  const binaries = join(cwd, 'node_modules/.bin');
  const environment = {
    ...env,
    ...variables,
    ...one.env,
    PATH: `${binaries}${delimiter}${env['PATH'] ?? ''}`,
  };
  const start = async (): Promise<Part> => {
    const part = startProcess(name, command, environment, {
      cwd,
      shell,
      ...(prints && { onOutput: lineWriter((line) => onLine(name, line)) }),
    });
    if (url === undefined) return part;
    try {
      await untilAnswered(url, part);
      return part;
    } catch (error) {
      await part.stop();
      throw error;
    }
  };
  parts.add(await supervise(name, start, onEvent));
}

const PATIENCE = 60_000;

async function untilAnswered(url: string, part: Part): Promise<void> {
  let over = false;
  void part.ended.then(() => (over = true));
  for (const until = Date.now() + PATIENCE; ;) {
    if (over || Date.now() > until) {
      const log = stripVTControlCharacters(part.log()).trim().slice(-2000);
      throw new ProblemError({
        code: 'dev/page-failed',
        message: `the command of the page ${over ? 'ended' : 'did not answer'} before it was ready. Its output ends:\n${log}`,
        context: [url],
        fix: 'correct the reported error, or start without it: --no-page.',
      });
    }
    const isUp = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      () => true,
      () => false,
    );
    if (isUp && !over) return;
    await sleep(100);
  }
}
