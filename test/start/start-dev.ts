import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { killTree } from '../process-tree.ts';

/** A `garden dev` of an installed package. */
export interface StartedDev extends AsyncDisposable {
  /** The address of the page, once everything runs. */
  readonly page: Promise<string>;
  /** Waits until the output, from a position on, matches. Returns the position after it. */
  untilSaid(words: RegExp, from?: number): Promise<number>;
  /** Sends Ctrl-C, and returns the exit code. */
  stop(): Promise<number | null>;
}

export function startDev(folder: string): StartedDev {
  const { DATABASE_URL: _, NODE_ENV: __, ...env } = process.env;
  const child = spawn(join(folder, 'node_modules/.bin/garden'), ['dev'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const page = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += stripVTControlCharacters(String(chunk));
      const [, address] = /page .* at (http:\S+)[\s\S]*Ctrl-C stops/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', (code) => reject(new Error(`garden dev ended with ${code}:\n${said}`)));
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    page,
    async untilSaid(words, from = 0) {
      for (const until = Date.now() + 60_000; Date.now() < until;) {
        const found = words.exec(said.slice(from));
        if (found !== null) return from + found.index + found[0].length;
        await sleep(100);
      }
      throw new Error(`garden dev never said ${words}`);
    },
    async stop() {
      child.kill('SIGINT');
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.pid !== undefined) {
        process.stderr.write(said);
        await killTree(child.pid);
      }
      // A caller that failed earlier never asked for it.
      await page.catch(() => undefined);
    },
  };
}
