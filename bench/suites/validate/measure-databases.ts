import { startPostgres, type PostgresServer } from '../../../src/processes/postgres-server.ts';
import { parseDatabaseUrl } from '../../../src/postgres/database-url.ts';
import { connectPostgres } from '../../../src/postgres/postgres-connection.ts';
import { compareMemory } from '../../frame/compare-memory.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import { nodeStart, startReference } from '../../frame/node-start.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { spreadOf } from '../../frame/summarise.ts';
import { writeProjects } from '../generate/write-project.ts';
import { makeKeyedSql } from './make-keyed-sql.ts';
import { countFindings, databasePeers, ours } from './validators.ts';

/** Our rules on live databases, and Postgres Language Server on the largest of them. */
export async function* measureDatabases({
  contestProcesses,
  progress,
  root,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  progress('create a database of 1,000 tables');
  // A folder without settings, so that the default rules run.
  await using projects = await writeProjects(root, {});
  const { ours: folder } = projects;
  const server = await startPostgres({ settings: { autovacuum: 'off', jit: 'off' } });
  try {
    const database = (tables: number): Promise<string> => createTables(server, tables, signal);
    const url = await database(1000);
    const own = ours(root, folder, '--database-url', url);
    progress('validate the database of 1,000 tables');
    const runs = await contestProcesses({ own: own.process, nodeStart }, { rounds: 3 });
    yield {
      name: 'live database of 1,000 tables',
      value: runs.own.time.median,
      unit: 'ns',
      spread: spreadOf(runs.own.time),
      reference: startReference(runs.nodeStart.time),
      // 3 s where `node -e 0` takes 29 ms; see measure-definitions.ts.
      target: 'at most 103 × node -e 0',
    };
    for (const peer of databasePeers(root, folder, url)) {
      progress(`${own.name} / ${peer.name}`);
      const pair = { own: own.process, peer: peer.process };
      const { own: one, peer: two } = await contestProcesses(pair, { rounds: 3 });
      const name = `live database of 1,000 tables / ${peer.name}`;
      yield compareTimes(name, one.time, two.time);
      yield compareMemory(`memory, ${name}`, one, two);
      yield {
        name: `findings, ${name}`,
        value: await countFindings(own, signal),
        unit: 'findings',
        peer: await countFindings(peer, signal),
      };
    }
    progress('live databases, growth from 50 to 400 tables');
    const [small, large] = [await database(50), await database(400)];
    const { of50, of400 } = await contestProcesses({
      of50: ours(root, folder, '--database-url', small).process,
      of400: ours(root, folder, '--database-url', large).process,
    });
    yield {
      name: 'live database, time for 400 tables / time for 50',
      value: of400.time.median / of50.time.median,
      unit: 'times',
      target: 'at most 8 times',
    };
  } finally {
    await server.stop();
  }
}

async function createTables(
  server: PostgresServer,
  tables: number,
  signal: AbortSignal,
): Promise<string> {
  const url = await server.createDatabase();
  const connection = await connectPostgres(parseDatabaseUrl(url, 'bench'), 'bench', signal);
  try {
    await connection.run(makeKeyedSql(tables));
    await connection.run('analyze');
  } finally {
    await connection.close();
  }
  return url;
}
