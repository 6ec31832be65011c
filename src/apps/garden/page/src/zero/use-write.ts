import type { MutatorResult } from '@rocicorp/zero';
import { useCallback } from 'react';
import { useNotices } from './use-notices.ts';

type Details = Awaited<MutatorResult['server']>;

/**
 * Follows a write to the server. It is on the screen at once; where the server
 * refuses it Zero takes it back, and here the reason is told.
 *
 * @example
 * write('Tag react as frontend', zero.mutate(mutators.tags.assign({ … })));
 */
export function useWrite(): (what: string, written: MutatorResult) => void {
  const tell = useNotices();
  return useCallback(
    (what, written) => {
      const report = async (): Promise<void> => {
        const reason = await follow(written);
        if (reason !== undefined) tell(`${what}: taken back`, reason);
      };
      void report();
    },
    [tell],
  );
}

async function follow({ client, server }: MutatorResult): Promise<string | undefined> {
  const refused = reasonOf(await client);
  if (refused !== undefined) return refused;
  const answer = await server;
  // Where it is not the application that refuses, the connection ended first: the write
  // is kept, and sent with the next one.
  return answer.type === 'error' && answer.error.type === 'app' ? reasonOf(answer) : undefined;
}

function reasonOf(details: Details): string | undefined {
  if (details.type !== 'error') return undefined;
  const { error } = details;
  const text = error.message;
  const told = 'details' in error ? codeOf(error.details) : undefined;
  return told === 'access/denied' ? `You may not do this (${text.replace(/\.$/, '')}).` : text;
}

function codeOf(details: unknown): unknown {
  return typeof details === 'object' && details !== null && 'code' in details
    ? details.code
    : undefined;
}
