import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { killTree } from '../process-tree.ts';

/** A `garden dev` of an installed package. */
export interface StartedDev extends AsyncDisposable {
  /** The address of the page, once everything runs. */
  readonly page: Promise<string>;
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
