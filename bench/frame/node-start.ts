import type { ProcessContestant } from './contest-processes.ts';
import type { Reference } from './reference.ts';
import type { Sample } from './summarise.ts';

/** A process that does nothing: the reference for whatever starts one. */
export const nodeStart: ProcessContestant = { file: process.execPath, args: ['-e', '0'] };

export const startReference = ({ median }: Sample): Reference => ({
  name: 'node -e 0',
  value: median,
  unit: 'ns',
});
