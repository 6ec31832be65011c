import { fork, spawn, type ChildProcess } from 'node:child_process';
import {
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

export const root: string = join(import.meta.dirname, '../../..');
/**
 * The kit's path for test schemas: drizzle-kit loads them as CommonJS, where a URL is not a
 * path.
 */
export const kit: string = JSON.stringify(join(root, 'src/kit/index.ts'));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type KillWhen = (told: string) => boolean;

/** A user's project in a temporary folder, for running `garden` as users do. */
export interface TestProject extends Disposable {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Every file below the migrations folder, with its text. */
  migrations(): Readonly<Record<string, string>>;
  /** Runs `garden` in a process that all tests share, which has loaded everything. */
  garden(args: readonly string[], env?: Ask['env']): Promise<Ran>;
  /** Runs `garden generate` in the same process. */
  generate(args?: readonly string[]): Promise<Ran>;
  /** Runs in a separate process. Sends SIGINT as soon as `killWhen` is true for the output. */
  spawn(args?: readonly string[], killWhen?: KillWhen): Promise<Ran>;
}

/** A request to the shared process. */
export interface Ask {
  readonly id: number;
  readonly cwd: string;
  readonly args: readonly string[];
  /** Environment variables of the run. */
  readonly env: Readonly<Record<string, string>>;
}

export const CONFIG = `export default { dialect: 'postgresql', schema: './schema.ts', out: './migrations' };\n`;

export function testProject(files: Readonly<Record<string, string>>): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'garden-generate-test-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({ 'package.json': '{ "type": "module" }', 'drizzle.config.ts': CONFIG, ...files });
  return {
    folder,
    write,
    migrations() {
      const out = join(folder, 'migrations');
      const entries = readdirSync(out, { recursive: true, withFileTypes: true });
      return Object.fromEntries(
        entries
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [file.slice(out.length + 1), readFileSync(file, 'utf8')]),
      );
    },
    garden: (args, env = {}) => askGarden(folder, args, env),
    generate: (args = []) => askGarden(folder, ['generate', ...args], {}),
    spawn: (args = [], killWhen) => spawnGarden(folder, ['generate', ...args], killWhen),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

let garden: ChildProcess | undefined;
let asked = 0;

function askGarden(cwd: string, args: readonly string[], env: Ask['env']): Promise<Ran> {
  garden ??= startGarden();
  const child = garden;
  const id = (asked += 1);
  return new Promise((resolve, reject) => {
    const answer = (ran: Ran & { readonly id: number }): void => {
      if (ran.id !== id) return;
      done();
      resolve({ code: ran.code, out: ran.out, err: ran.err });
    };
    const exit = (code: number | null): void => {
      done();
      reject(new Error(`the shared garden process ended with ${code}`));
    };
    const done = (): void => void child.off('message', answer).off('exit', exit);
    child.on('message', answer).on('exit', exit);
    child.send({ id, cwd, args, env } satisfies Ask);
  });
}

/** The shared process ends with this one, because its channel closes. */
function startGarden(): ChildProcess {
  const child = fork(join(import.meta.dirname, 'garden-process.fixture.ts'), {
    execArgv: [],
    stdio: 'inherit',
  });
  child.setMaxListeners(100);
  child.once('exit', () => (garden = undefined));
  child.unref();
  child.channel?.unref();
  return child;
}

async function spawnGarden(
  cwd: string,
  args: readonly string[],
  killWhen: KillWhen | undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const watch = setInterval(() => {
    if (killWhen?.(out + err) !== true) return;
    clearInterval(watch);
    child.kill('SIGINT');
  }, 10);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return { code, out, err };
}
