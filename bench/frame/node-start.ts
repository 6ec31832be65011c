import type { ProcessContestant } from './contest-processes.ts';
import type { Reference } from './reference.ts';
import type { Sample } from './summarise.ts';

/** A process that does nothing: the reference for measurements that start a process. */
export const nodeStart: ProcessContestant = { file: process.execPath, args: ['-e', '0'] };

export const startReference = ({ median }: Sample): Reference => ({
  name: 'node -e 0',
  value: median,
  unit: 'ns',
});
