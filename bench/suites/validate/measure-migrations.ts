import { compareMemory } from '../../frame/compare-memory.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import { nodeStart, startReference } from '../../frame/node-start.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { spreadOf } from '../../frame/summarise.ts';
import { writeProjects } from '../generate/write-project.ts';
import { makeKeyedSql } from './make-keyed-sql.ts';
import { countFindings, migrationPeers, ours } from './validators.ts';

const FILE = '0000_all.sql';

/**
 * Our rules and the peers on the same migration. The peers read its text and look for statements
 * that break a deployment; we run it, and judge the schema that it makes. The numbers of findings
 * show what each reports, not who is right.
 */
export async function* measureMigrations({
  contestProcesses,
  progress,
  root,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  progress('validate the SQL of 200 tables');
  await using projects = await writeProjects(root, { [FILE]: makeKeyedSql(200) });
  const { ours: folder } = projects;
  const own = ours(root, folder, FILE);
  const { ours: runs, nodeStart: start } = await contestProcesses(
    { ours: own.process, nodeStart },
    { rounds: 3 },
  );
  yield {
    name: 'SQL of 200 tables, 12 columns and 3 keys each',
    value: runs.time.median,
    unit: 'ns',
    spread: spreadOf(runs.time),
    reference: startReference(start.time),
    // 6 s where `node -e 0` takes 29 ms; see measure-definitions.ts.
    target: 'at most 206 × node -e 0',
  };

  const ownFindings = await countFindings(own, signal);
  for (const peer of migrationPeers(root, folder, FILE)) {
    progress(`${own.name} / ${peer.name}`);
    const { own: one, peer: two } = await contestProcesses(
      { own: own.process, peer: peer.process },
      { rounds: 3 },
    );
    const name = `SQL of 200 tables / ${peer.name}`;
    yield compareTimes(name, one.time, two.time);
    yield compareMemory(`memory, ${name}`, one, two);
    yield {
      name: `findings, ${name}`,
      value: ownFindings,
      unit: 'findings',
      peer: await countFindings(peer, signal),
    };
  }

  progress('SQL, growth from 50 to 400 tables');
  await using small = await writeProjects(root, { [FILE]: makeKeyedSql(50) });
  await using large = await writeProjects(root, { [FILE]: makeKeyedSql(400) });
  const { of50, of400 } = await contestProcesses(
    {
      of50: ours(root, small.ours, FILE).process,
      of400: ours(root, large.ours, FILE).process,
    },
    { rounds: 3 },
  );
  yield {
    name: 'SQL, time for 400 tables / time for 50',
    value: of400.time.median / of50.time.median,
    unit: 'times',
    target: 'at most 8 times',
  };
}
