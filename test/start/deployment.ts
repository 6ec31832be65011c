import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePorts } from '../../src/processes/free-ports.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { familyOf, killProcesses } from '../../src/processes/process-tree.ts';
import { startProcess, type ProcessPart } from '../../src/processes/start-process.ts';
import { environmentOf, type Service, type Services } from './compose-file.ts';

const root = join(import.meta.dirname, '../..');
const onLoopback = pathToFileURL(join(root, 'src/processes/listen-on-loopback.ts')).href;

/** The services of a compose file as processes of this machine. */
export interface Deployment extends AsyncDisposable {
  /** Starts a service of `services`, and waits until it is healthy or, without a port, done. */
  start(name: string, services: Services): Promise<void>;
  stop(name: string): Promise<void>;
  /** The address of a service: `zero-cache:4848`. */
  url(address: string): string;
  /** A view-syncer begins with the replica of another service, as litestream restores it. */
  copyReplica(from: string, to: string): Promise<void>;
}

/** Starts the Postgres of a compose file. */
export async function startDeployment(
  folder: string,
  services: Services,
  env: Readonly<Record<string, string>>,
): Promise<Deployment> {
  await using stack = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'deployment-'));
  stack.defer(() => rm(data, { recursive: true, force: true, maxRetries: 5 }));
  // `postgres -c wal_level=logical`
  const settings = [...(services['postgres']?.command ?? '').matchAll(/-c (\w+)=(\S+)/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const postgres = stack.use(await startPostgres({ settings: Object.fromEntries(settings) }));
  await postgres.createDatabase(String(services['postgres']?.environment?.['POSTGRES_DB']));
  const values = { ...env, POSTGRES_PASSWORD: new URL(postgres.url).password };
  const addresses = new Map([['postgres:5432', postgres.port]]);
  const running = new Map<string, ProcessPart>();
  stack.defer(async () => {
    for (const part of [...running.values()].toReversed()) await stopFamily(part);
  });

  const replicaOf = (name: string): string => join(data, name, 'zero.db');
  const stopped = stack.move();
  return {
    url: (address) => `http://127.0.0.1:${addresses.get(address)}`,
    async start(name, from) {
      const service = from[name];
      if (service === undefined) throw new Error(`docs/deploy.md has no service ${name}`);
      const first = portOf(service);
      // zero-cache also uses the next two.
      const port = first === undefined ? undefined : await freePorts(3);
      for (const next of [0, 1, 2])
        if (first !== undefined && port !== undefined)
          addresses.set(`${name}:${first + next}`, port + next);
      const own = environmentOf(name, service, values, addresses);
      if (own['ZERO_REPLICA_FILE'] !== undefined) own['ZERO_REPLICA_FILE'] = replicaOf(name);
      // Without the image's litestream there is no backup.
      delete own['ZERO_LITESTREAM_BACKUP_URL'];
      await mkdir(join(data, name), { recursive: true });
      const [program = '', ...args] = commandOf(service).split(' ');
      const { PATH, HOME } = process.env;
      const preload = { NODE_OPTIONS: `--import ${onLoopback}`, DO_NOT_TRACK: '1' };
      const part = startProcess(
        name,
        [program, ...args],
        { PATH, HOME, ...preload, ...own },
        { cwd: folder },
      );
      running.set(name, part);
      await untilReady(name, part, service, port);
    },
    async stop(name) {
      const part = running.get(name);
      if (part !== undefined) await stopFamily(part);
      running.delete(name);
    },
    async copyReplica(from, to) {
      await cp(dirname(replicaOf(from)), dirname(replicaOf(to)), { recursive: true });
    },
    [Symbol.asyncDispose]: () => stopped.disposeAsync(),
  };
}

/** zero-cache's children have process groups of their own, and would outlive it. */
async function stopFamily(part: ProcessPart): Promise<void> {
  const family = part.pid === undefined ? [] : await familyOf(part.pid);
  await part.stop();
  await killProcesses(family);
}

/** The port that a service listens on. */
function portOf({ environment }: Service): number | undefined {
  const port = environment?.['PORT'] ?? environment?.['ZERO_PORT'];
  return port === undefined ? undefined : Number(port);
}

/** The image's own command is zero-cache. */
function commandOf({ command, image }: Service): string {
  if (command !== undefined) return command;
  const version = /^rocicorp\/zero:(.*)$/.exec(image ?? '')?.[1];
  if (version === undefined) throw new Error(`${image} has no known command`);
  return 'npx zero-cache';
}

/** Requests what the healthcheck does, or waits for the end of a service without a port. */
async function untilReady(
  name: string,
  part: ProcessPart,
  { healthcheck }: Service,
  port: number | undefined,
): Promise<void> {
  const failed = (why: string): Error => new Error(`${name} ${why}:\n${part.log().slice(-4000)}`);
  if (port === undefined) {
    await part.ended;
    if (/error|code/i.test(part.log())) throw failed('failed');
    return;
  }
  const path = /http:\/\/localhost:\d+(\/\S*)/.exec(healthcheck?.test ?? '')?.[1];
  if (path === undefined) throw new Error(`${name} has no healthcheck with curl`);
  let ended = false;
  void part.ended.then(() => (ended = true));
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    if (ended) throw failed('ended');
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw failed('was not healthy after 60 s');
}
