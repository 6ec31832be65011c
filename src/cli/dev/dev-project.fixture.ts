import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { killProcesses, familyOf } from '../../processes/process-tree.ts';

const root = join(import.meta.dirname, '../../..');

/** The entry points that a project imports, from the source of this repository. */
const ENTRIES = {
  kit: 'src/kit/index.ts',
  config: 'src/project/config.ts',
  server: 'src/server.ts',
  sync: 'src/guard/index.ts',
};

/** `garden dev` in a separate process, as in a terminal. */
export interface RunningDev {
  readonly child: ChildProcess;
  /** Output so far, of both streams. */
  said(): string;
  /** Waits until the output after a position matches. Returns the match. */
  untilSaid(words: RegExp, from?: number): Promise<RegExpExecArray>;
  /** Sends a signal to its process group, as a terminal does for Ctrl-C. */
  interrupt(signal: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** A user's project in a temporary folder, with this package installed. */
export interface DevProject extends AsyncDisposable {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  read(name: string): string;
  dev(options: readonly string[], env?: Readonly<Record<string, string>>): RunningDev;
  /** Runs another command, and returns its exit code and output. */
  garden(
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly said: string }>;
}

export function devProject(files: Readonly<Record<string, string>>): DevProject {
  const folder = mkdtempSync(join(tmpdir(), 'garden-dev-project-'));
  // Postgres runs as a separate user, who needs access to this folder.
  chmodSync(folder, 0o755);
  const running = new Set<ChildProcess>();
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  install(folder, write);
  write({ 'package.json': '{ "name": "notes", "type": "module" }', ...files });
  return {
    folder,
    write,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    dev: (options, env = {}) => startGarden(folder, ['dev', ...options], env, running),
    async garden(...args) {
      const { ended, said } = startGarden(folder, args, {}, running);
      return { code: await ended, said: said() };
    },
    async [Symbol.asyncDispose]() {
      for (const { pid } of running)
        if (pid !== undefined) await killProcesses(await familyOf(pid));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function install(folder: string, write: DevProject['write']): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  const own = 'node_modules/@techgarden/schema';
  const exports = Object.fromEntries(
    Object.keys(ENTRIES).map((name) => [`./${name}`, `./${name}.js`]),
  );
  write({
    [`${own}/package.json`]: JSON.stringify({
      name: '@techgarden/schema',
      type: 'module',
      exports,
    }),
    ...Object.fromEntries(
      Object.entries(ENTRIES).map(([name, file]) => [
        `${own}/${name}.js`,
        `export * from ${JSON.stringify(join(root, file))};\n`,
      ]),
    ),
  });
}

function startGarden(
  cwd: string,
  args: readonly string[],
  own: Readonly<Record<string, string>>,
  running: Set<ChildProcess>,
): RunningDev {
  const { DATABASE_URL: _, NODE_ENV: __, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), ...args], {
    cwd,
    env: { ...env, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let said = '';
  const hear = (chunk: Buffer): void => void (said += stripVTControlCharacters(String(chunk)));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let over = false;
  const ended = once(child, 'close').then(([code]: readonly (number | null)[]) => {
    over = true;
    running.delete(child);
    return code ?? null;
  });
  return {
    child,
    said: () => said,
    interrupt: (signal) => void process.kill(-(child.pid ?? 0), signal),
    ended,
    async untilSaid(words, from = 0) {
      for (const until = Date.now() + 60_000; ;) {
        const found = words.exec(said.slice(from));
        if (found) return found;
        if (over || Date.now() > until) throw new Error(`it never said ${words}, but:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
