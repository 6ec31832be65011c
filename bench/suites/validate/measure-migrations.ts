import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { compareMemory } from '../../frame/compare-memory.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { writeProjects } from '../generate/write-project.ts';
import { makeKeyedSchema } from './make-keyed-schema.ts';
import { countFindings, ours, peers } from './validators.ts';

/**
 * Our rules on the definitions of 200 tables, and the peers on the migration that creates the same
 * tables. The peers look for locks and for statements that break a deployment, so the numbers of
 * findings show what each reports, not who is right.
 */
export async function* measureMigrations({
  contestProcesses,
  progress,
  root,
  signal,
}: Context): AsyncGenerator<Measurement, void> {
  progress('write the migration of 200 tables');
  await using projects = await writeProjects(root, makeKeyedSchema(200));
  const { ours: folder } = projects;
  const generate = [join(root, 'dist/main.js'), 'generate', 'migrations', '--name', 'all'];
  await promisify(execFile)(process.execPath, generate, { cwd: folder, signal });

  const own = ours(root, folder);
  const ownFindings = await countFindings(own, signal);
  for (const peer of peers(root, folder, 'out/0000_all.sql')) {
    progress(`${own.name} / ${peer.name}`);
    const runs = await contestProcesses({ ours: own.process, peer: peer.process });
    const name = `200 tables / ${peer.name} on their migration`;
    yield compareTimes(name, runs.ours.time, runs.peer.time);
    yield compareMemory(`memory, ${name}`, runs.ours, runs.peer);
    yield {
      name: `findings, ${name}`,
      value: ownFindings,
      unit: 'findings',
      peer: await countFindings(peer, signal),
    };
  }
}
