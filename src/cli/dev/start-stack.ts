import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  DevAddresses,
  DevOptions,
  DevServer,
  DevTarget,
  DevTools,
  LiveStack,
} from '../../command/dev-target.ts';
import { openDevIdentity } from '../../endpoints/dev/dev-identity.ts';
import { checkUpstream } from '../../processes/check-upstream.ts';
import { choosePorts } from '../../processes/free-ports.ts';
import { createParts, type Parts } from '../../processes/part.ts';
import { endOrphans } from '../../processes/replace-orphan.ts';
import { runStage } from '../../processes/stage.ts';
import { startFetchProgram, type FetchProgram } from '../../processes/start-fetch-program.ts';
import { supervise, type Supervised } from '../../processes/supervise.ts';
import { takeRole } from '../../processes/take-role.ts';
import { startZeroNodes } from '../../processes/zero-nodes.ts';
import { aborted } from './aborted.ts';
import { startDevFront } from './dev-front.ts';
import { lineWriter } from './line-writer.ts';
import { openDatabase } from './open-database.ts';
import { createRequestGate } from './request-gate.ts';
import { startDevProcess } from './start-dev-process.ts';
import { variablesOf } from './variables.ts';

/** How often open pages get the current rules, in seconds. */
const RULES_SECONDS = '1';

/** Starts all parts of a stack, one after the other. */
export async function startStack(target: DevTarget, options: DevOptions): Promise<LiveStack> {
  const parts = createParts();
  // Until then, each step ends by itself after Ctrl-C: initdb must not be left alone.
  const database = Promise.withResolvers<void>();
  const starting = start(target, options, parts, database.resolve);
  try {
    const interrupted = database.promise.then(() => aborted(options.signal));
    return await Promise.race([starting, interrupted]);
  } catch (error) {
    // zero-cache may take long to start, so it is not waited for.
    await Promise.race([starting.catch(() => {}), sleep(GRACE)]);
    await parts.stop();
    throw error;
  }
}

/** How long a step of the start may take to end after Ctrl-C, in milliseconds. */
const GRACE = 500;

/** The services that a target may use while the stack starts and runs. */
export const toolsOf = ({ folder, signal, onStage, tell }: DevOptions): DevTools => ({
  folder,
  signal,
  tell,
  stage: async (name, work) => {
    signal.throwIfAborted();
    return runStage(name, onStage, work);
  },
});

async function start(
  target: DevTarget,
  options: DevOptions,
  parts: Parts,
  onDatabase: () => void,
): Promise<LiveStack> {
  const { folder, once, onEvent, onLine, cwd, viewSyncers } = options;
  const tools = toolsOf(options);
  const { stage } = tools;
  const frontPort = (): Promise<number> => choosePorts('the server', options.port, 3840);
  // Each node uses three consecutive ports.
  const zeroPort = (node: number, nodes: number): Promise<number> => {
    const asked = options.zeroPort === undefined ? undefined : options.zeroPort + 3 * node;
    return choosePorts('zero-cache', asked, 4848 + 3 * node, 3 * nodes);
  };
  // Checks the ports and the definitions before anything is started or deleted.
  await Promise.all([frontPort(), zeroPort(0, Math.max(viewSyncers, 1))]);
  const { role, publications } = await target.read(tools);
  if (options.reset) await reset(options, role);
  await mkdir(folder, { recursive: true });
  const identity = await openDevIdentity(join(folder, 'sign-in.key'));

  const { url: databaseUrl, ...database } = await stage('Postgres', async () => {
    const result = await openDatabase(options, role, parts);
    return { result, detail: result.detail };
  });
  await stage('tables', async () => {
    const { detail } = await target.migrate(databaseUrl, tools);
    if (role !== undefined) await takeRole(databaseUrl, role);
    return { result: undefined, detail };
  });
  await stage('data', async () => {
    const { detail } = await target.seed(databaseUrl, tools);
    return { result: undefined, detail };
  });
  onDatabase();
  const firstServer = await target.server(tools);

  const server = Promise.withResolvers<Supervised<FetchProgram>>();
  server.promise.catch(() => {});
  const gate = createRequestGate();
  const behind = async (): Promise<string> => {
    await gate.opened();
    return (await (await server.promise).running()).url;
  };
  const front = await startDevFront({ target, identity, port: frontPort, behind, once }, parts);
  // Only this zero-cache calls the endpoints. Both start together, so the key can be random.
  const apiKey = randomBytes(32).toString('base64url');
  const zero = await stage('zero-cache', async () => {
    const nodes = await startZeroNodes(
      {
        upstream: databaseUrl,
        ...(publications && { publications }),
        queryUrl: `${front.url}/api/zero/query${once ? `,${front.proof.url}` : ''}`,
        mutateUrl: `${front.url}/api/zero/mutate`,
        portFor: (node) => zeroPort(node, 1),
        folder: database.replicas,
        env: {
          ZERO_APP_ID: database.appID,
          ZERO_AUTH_RETRANSFORM_INTERVAL_SECONDS: RULES_SECONDS,
        },
        viewSyncers,
        apiKey,
        onEvent,
      },
      parts,
    );
    return { result: nodes, detail: nodes.urls.join(', ') };
  });
  const addresses: DevAddresses = {
    url: front.url,
    cacheUrls: zero.urls,
    databaseUrl,
    signInUrl: front.signInUrl,
  };
  const variables = variablesOf(addresses, { ...front, appID: database.appID, apiKey });
  const launch =
    ({ file, source, env }: DevServer) =>
    (): Promise<FetchProgram> =>
      startFetchProgram({
        name: 'server',
        file,
        source,
        cwd,
        env: { NODE_ENV: 'development', ...options.env, ...variables, ...env?.(addresses) },
        onOutput: lineWriter((line) => onLine('server', line)),
      });
  const running = await stage('server', async () => {
    const result = parts.add(await supervise('server', launch(firstServer), onEvent));
    server.resolve(result);
    return { result, detail: addresses.url };
  });
  const started = await target.processes(addresses);
  for (const one of started) {
    await stage(one.name, async () => {
      await startDevProcess(one, { ...options, variables }, parts);
      return { result: undefined, detail: one.detail };
    });
  }
  return {
    ...addresses,
    pageUrl: started.find(({ url }) => url !== undefined)?.url,
    proof: front.proof,
    crashed: parts.crashed,
    stop: () => parts.stop(),
    holdRequests: () => gate.hold(),
    replaceServer: (next) => running.replace(launch(next)),
    restartZero: (next) => zero.restart(next),
  };
}

async function reset(options: DevOptions, role: string | undefined): Promise<void> {
  const { databaseUrl, databaseSource, folder } = options;
  if (databaseUrl !== undefined) await checkUpstream(databaseUrl, { role, source: databaseSource });
  await endOrphans(folder);
  await rm(folder, { recursive: true, force: true });
}
