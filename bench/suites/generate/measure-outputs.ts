import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ProcessContestant } from '../../frame/contest-processes.ts';
import { nodeStart, startReference } from '../../frame/node-start.ts';
import { spreadOf } from '../../frame/summarise.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { makeSchema } from './make-schema.ts';
import { writeProjects } from './write-project.ts';

const OUTPUTS = { supabase: 'database-types.ts', 'json-schema': 'schema.json' } as const;

/**
 * The other outputs for 200 tables, each as a whole process. The target was 1 s on the machine of
 * REPORT.md, where `node -e 0` takes 29 ms: see measure-generation.ts.
 */
export async function* measureOutputs({
  contestProcesses,
  progress,
  root,
}: Context): AsyncGenerator<Measurement, void> {
  progress('Supabase types and JSON Schema of 200 tables');
  await using projects = await writeProjects(
    root,
    makeSchema({ tables: 200, columns: 9, types: 'none' }),
  );
  const output = (name: keyof typeof OUTPUTS): ProcessContestant => ({
    file: process.execPath,
    args: [join(root, 'dist/main.js'), 'generate', name, '--config', 'drizzle.config.ts'],
    cwd: projects.ours,
    before: () => rmSync(join(projects.ours, OUTPUTS[name]), { force: true }),
  });
  const runs = await contestProcesses({
    supabase: output('supabase'),
    'json-schema': output('json-schema'),
    nodeStart,
  });
  for (const name of ['supabase', 'json-schema'] as const) {
    yield {
      name: `generate ${name} from 200 tables`,
      value: runs[name].time.median,
      unit: 'ns',
      spread: spreadOf(runs[name].time),
      reference: startReference(runs.nodeStart.time),
      target: 'at most 34 × node -e 0',
    };
  }
}
