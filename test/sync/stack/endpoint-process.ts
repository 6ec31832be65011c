/**
 * The garden's endpoints in a process of their own, as a host runs them:
 * `node endpoint-process.ts URL PORT`. postgres.js 3.4.9 ends the process when Postgres
 * goes in the middle of a write (porsager/postgres#1208), and a host starts it again.
 */
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { serverMutators } from '../../../src/garden-server/server-mutators.ts';
import { bearer, createServer } from '../../../src/server/index.ts';
import { serveFetch } from '../../../src/servers/serve-fetch.ts';
import { schema } from '../../../src/zero/index.ts';
import { rules } from '../../../src/zero/zero-rules.gen.ts';
import { SECRET } from '../garden-server.fixture.ts';
import { allQueries } from './hostile-queries.ts';

const [url = '', port = ''] = process.argv.slice(2);
// Zero tells of each request that found no database.
console.error = () => {};
const client = postgres(url, { max: 8, onnotice: () => {}, connect_timeout: 5 });
const server = createServer({
  schema,
  queries: allQueries,
  mutators: serverMutators(),
  rules,
  database: zeroDrizzle(schema, drizzle(client)),
  identity: bearer({ secret: SECRET, audience: 'garden' }),
  role: 'garden_user',
});
await serveFetch((request) => server.handler(request), Number(port));
process.send?.('ready');
// Not longer than whoever started it.
process.once('disconnect', () => process.exit(0));
