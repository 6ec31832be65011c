import { stripVTControlCharacters } from 'node:util';
import { ProblemError } from '../report/problem.ts';

/** One of the things that run together: a server, or a process. */
export interface Part {
  /** As a person knows it: `zero-cache`. */
  readonly name: string;
  /** Settles when it ends, whoever ended it. */
  readonly ended: Promise<unknown>;
  /** What it has said, as far as it is kept. */
  log(): string;
  stop(): Promise<void>;
}

/** The parts that run, in the order in which they were started. */
export interface Parts {
  add<P extends Part>(part: P): P;
  /** Rejects when a part ends that nobody stopped. */
  readonly crashed: Promise<never>;
  /** Stops all, last first: what was started later stands on what was started before. */
  stop(): Promise<void>;
}

export function createParts(): Parts {
  const parts: Part[] = [];
  const crash = Promise.withResolvers<never>();
  // Somebody looks at it only once everything runs.
  crash.promise.catch(() => {});
  let stopping = false;
  return {
    crashed: crash.promise,
    add(part) {
      parts.push(part);
      void part.ended.finally(() => {
        if (!stopping) crash.reject(ended(part));
      });
      return part;
    },
    async stop() {
      stopping = true;
      const failures: unknown[] = [];
      for (const part of parts.splice(0).toReversed()) {
        await part.stop().catch((error: unknown) => failures.push(error));
      }
      // A person is told of one in full.
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1)
        throw new AggregateError(failures, 'not everything could be stopped');
    },
  };
}

const SHOWN = 15;

function ended({ name, log }: Part): ProblemError {
  const lines = stripVTControlCharacters(log()).trim().split('\n').slice(-SHOWN);
  return new ProblemError({
    code: 'stack/part-ended',
    message: `${name} ended by itself, so everything else was stopped. It said last:\n${lines.join('\n')}`,
    fix: 'mend what it says, and start again; --reset begins with new data.',
  });
}
