import { stripVTControlCharacters } from 'node:util';
import { ProblemError } from '../report/problem.ts';

/** One part of a stack: a server or a process. */
export interface Part {
  /** The displayed name: `zero-cache`. */
  readonly name: string;
  /** Settles when the part ends, for any reason. */
  readonly ended: Promise<unknown>;
  /** The end of its output. */
  log(): string;
  stop(): Promise<void>;
}

/** The running parts, in start order. */
export interface Parts {
  add<P extends Part>(part: P): P;
  /** Rejects when a part ends without being stopped. */
  readonly crashed: Promise<never>;
  /** Stops all parts in reverse order, because later ones depend on earlier ones. */
  stop(): Promise<void>;
}

export function createParts(): Parts {
  const parts: Part[] = [];
  const crash = Promise.withResolvers<never>();
  // Callers only await it once everything runs; until then it must not be unhandled.
  crash.promise.catch(() => {});
  let stopping = false;
  return {
    crashed: crash.promise,
    add(part) {
      if (stopping) {
        // It started too late.
        void part.stop().catch(() => {});
        throw new Error(`${part.name} started after the stack was stopped.`);
      }
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
      // A single failure is reported in full.
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1)
        throw new AggregateError(failures, 'some parts could not be stopped');
    },
  };
}

const SHOWN = 15;

function ended({ name, log }: Part): ProblemError {
  const lines = stripVTControlCharacters(log()).trim().split('\n').slice(-SHOWN);
  return new ProblemError({
    code: 'stack/part-ended',
    message: `${name} ended unexpectedly, so everything else was stopped. Its last output:\n${lines.join('\n')}`,
    fix: 'correct the reported error, and start again; --reset starts with new data.',
  });
}
