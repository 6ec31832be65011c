import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePorts } from '../../../src/processes/free-ports.ts';
import { familyOf, killProcesses } from '../../../src/processes/process-tree.ts';
import type { Project } from './project.ts';

const source = join(import.meta.dirname, 'by-hand');
/** zero-cache listens on all addresses otherwise. */
const onLoopback = pathToFileURL(
  join(import.meta.dirname, '../../../src/processes/listen-on-loopback.ts'),
).href;

/** The folder `by-hand`: drizzle-kit, drizzle-zero and Zero, with rules in queries and mutators. */
export async function projectByHand(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-by-hand-'));
  // Postgres runs as a separate user.
  await chmod(folder, 0o755);
  const files = (await readdir(source, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const written = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(source.length + 1), await readFile(file, 'utf8')] as const;
    }),
  );
  const commands = [
    'npm install --no-audit --no-fund --silent',
    'npx drizzle-kit generate',
    'npx drizzle-zero generate --output ./src/zero-schema.gen.ts',
  ];
  let stop = (): Promise<unknown> => Promise.resolve();
  return {
    written: new Map(written),
    commands,
    async prepare() {
      await cp(source, folder, { recursive: true });
      for (const command of commands) {
        const [file = '', ...args] = command.split(' ');
        await promisify(execFile)(file, args, { cwd: folder });
      }
    },
    async start() {
      const ports = [await freePorts(), await freePorts(), await freePorts(), await freePorts(3)];
      const child = spawn(process.execPath, ['dev.ts'], {
        cwd: folder,
        env: { ...process.env, PORTS: ports.join(), NODE_OPTIONS: `--import ${onLoopback}` },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const ended = once(child, 'exit');
      stop = async () => {
        const family = await familyOf(child.pid ?? -1);
        child.kill('SIGINT');
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
        await killProcesses(family);
      };
      return new Promise((resolve, reject) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (line === `http://127.0.0.1:${ports[0]}`) resolve(line);
        });
        void ended.then(() => reject(new Error('the project by hand ended')));
      });
    },
    signIn: (page) => page.getByRole('button', { name: 'Ada' }).click(),
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
