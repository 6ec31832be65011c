import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { newId } from '../../src/kit/index.ts';
import { serveFetch } from '../../src/processes/serve-fetch.ts';
import { startProcess } from '../../src/processes/start-process.ts';
import { docBlocks, projectFile, readDoc } from '../docs-examples/doc-blocks.ts';
import { merged, servicesOf } from './compose-file.ts';
import { startDeployment } from './deployment.ts';

const PAGE = 'docs/deploy.md';

/** Creates an organisation as a user, and reads it as another client of the same user. */
const SYNC_A_ROW = `
import { Zero } from '@rocicorp/zero';
import { newId } from '@techgarden/schema/kit';
import { mutators } from './src/zero/mutators.ts';
import { queries } from './src/zero/queries.ts';
import { schema } from './src/zero/zero-schema.gen.ts';

const { CACHE_URL, TOKEN, SUB } = process.env;
const open = () => new Zero({
  cacheURL: CACHE_URL, schema, mutators, userID: SUB, auth: TOKEN,
  context: { sub: SUB, roles: [] }, kvStore: 'mem', storageKey: newId(),
});
const [writer, reader] = [open(), open()];
const id = newId();
const create = { id, memberId: newId(), name: 'Acme', memberName: 'Ada', at: Date.now() };
const answer = await writer.mutate(mutators.organisations.create(create)).server;
if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
const rows = await reader.run(queries.organisations.list(), { type: 'complete' });
if (!rows.some((row) => row.id === id)) throw new Error('the row is not synced');
console.log('synced');
process.exit();
`;

/** Follows docs/deploy.md in a project of `garden init`, with its services as processes. */
export async function tryDeployment(
  folder: string,
  run: (command: string, ...args: readonly string[]) => string,
  step: (name: string) => void,
): Promise<void> {
  const path = (file: string): string => join(folder, file);
  writeFileSync(path('src/serve.ts'), projectFile(PAGE, 'src/serve.ts'));
  const config = readFileSync(path('garden.config.ts'), 'utf8');
  const published = projectFile(PAGE, 'garden.config.ts').trim();
  writeFileSync(path('garden.config.ts'), config.replace(/zero: \{.*\},/, published));
  run('npx', 'garden', 'generate');
  checkProxy();

  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] };
  await using identity = await serveFetch(() => Response.json(keys));
  const env: Record<string, string> = { ...variables(), AUTH_JWKS_URL: identity.url };
  const sub = newId();
  const token = await new SignJWT({ sub })
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime('10m')
    .setIssuer(env['AUTH_ISSUER'] ?? '')
    .setAudience(env['AUTH_AUDIENCE'] ?? '')
    .sign(privateKey);

  const services = servicesOf('compose.yaml');
  await using deployment = await startDeployment(folder, services, env);
  writeFileSync(path('sync-a-row.mjs'), SYNC_A_ROW);
  const syncRow = async (): Promise<void> => {
    const cacheUrl = deployment.url('zero-cache:4848');
    const own = { ...process.env, CACHE_URL: cacheUrl, TOKEN: token, SUB: sub };
    const part = startProcess('client', [process.execPath, 'sync-a-row.mjs'], own, { cwd: folder });
    await Promise.race([part.ended, new Promise((resolve) => setTimeout(resolve, 60_000).unref())]);
    await part.stop();
    if (!part.log().includes('synced')) throw new Error(`no row was synced:\n${part.log()}`);
  };
  for (const name of ['migrate', 'server', 'zero-cache']) await deployment.start(name, services);
  await syncRow();
  step('the services of compose.yaml sync a row');

  const scaled = merged(services, servicesOf('compose.scale.yaml'));
  await deployment.stop('zero-cache');
  await deployment.start('replication-manager', scaled);
  await deployment.copyReplica('replication-manager', 'zero-cache');
  await deployment.start('zero-cache', scaled);
  await syncRow();
  step('a replication manager and a view-syncer of compose.scale.yaml sync a row');
}

/** The example of `.env`. */
function variables(): Record<string, string> {
  const lines = projectFile(PAGE, '.env').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

/** The proxy runs as an image only; its upstreams must be services with these ports. */
function checkProxy(): void {
  const text = docBlocks(readDoc(PAGE))
    .filter(({ language }) => language === 'caddyfile')
    .map((block) => block.text)
    .join('\n');
  const services = servicesOf('compose.yaml');
  const upstreams = [...text.matchAll(/reverse_proxy (.*?)(?: \{)?$/gm)].flatMap(([, list = '']) =>
    list.split(' '),
  );
  if (upstreams.length === 0) throw new Error(`${PAGE} has no upstream`);
  for (const upstream of upstreams) {
    const [name = '', port] = upstream.split(':');
    // The guide tells the reader to add others, with a number.
    const service = services[name.replace(/-\d$/, '')];
    if (String(service?.environment?.['ZERO_PORT']) !== port)
      throw new Error(`${PAGE}: no service listens on ${upstream}`);
  }
}
