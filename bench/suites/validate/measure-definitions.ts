import { nodeStart, startReference } from '../../frame/node-start.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { spreadOf } from '../../frame/summarise.ts';
import { writeProjects } from '../generate/write-project.ts';
import { makeKeyedSchema } from './make-keyed-schema.ts';
import { ours } from './validators.ts';

/**
 * Time and memory of the whole process. The target was 1.0 s on the machine of REPORT.md, where
 * `node -e 0` takes 29 ms; see measure-generation.ts.
 */
export async function* measureDefinitions({
  contestProcesses,
  progress,
  root,
}: Context): AsyncGenerator<Measurement, void> {
  progress('validate the definitions of 200 tables');
  await using projects = await writeProjects(root, makeKeyedSchema(200));
  const runs = await contestProcesses({ ours: ours(root, projects.ours).process, nodeStart });
  const { time, memory } = runs.ours;
  yield {
    name: 'definitions of 200 tables, 12 columns and 3 keys each',
    value: time.median,
    unit: 'ns',
    spread: spreadOf(time),
    reference: startReference(runs.nodeStart.time),
    target: 'at most 34 × node -e 0',
  };
  yield {
    name: 'memory, definitions of 200 tables',
    value: memory?.median ?? null,
    unit: 'B',
    ...(memory && { spread: spreadOf(memory) }),
    target: 'at most 200 MB',
  };

  progress('growth from 50 to 400 tables');
  await using small = await writeProjects(root, makeKeyedSchema(50));
  await using large = await writeProjects(root, makeKeyedSchema(400));
  const { of50, of400 } = await contestProcesses({
    of50: ours(root, small.ours).process,
    of400: ours(root, large.ours).process,
  });
  yield {
    name: 'definitions, time for 400 tables / time for 50',
    value: of400.time.median / of50.time.median,
    unit: 'times',
    target: 'at most 8 times',
  };
}
