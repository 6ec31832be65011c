import type { MutatorResult } from '@rocicorp/zero';
import { useCallback } from 'react';
import { useNotices } from './use-notices.ts';

type Details = Awaited<MutatorResult['server']>;

/**
 * Follows a write to the server. The write is visible immediately. If the server refuses it,
 * Zero rolls it back and this hook shows the reason.
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
        if (reason !== undefined) tell(`${what}: rejected`, reason);
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
  // Any other error means that the connection ended first. Zero keeps the write and sends it after
  // reconnecting.
  return answer.type === 'error' && answer.error.type === 'app' ? reasonOf(answer) : undefined;
}

function reasonOf(details: Details): string | undefined {
  if (details.type !== 'error') return undefined;
  const { error } = details;
  const text = error.message;
  const code = 'details' in error ? codeOf(error.details) : undefined;
  return code === 'access/denied'
    ? `You are not allowed to do this (${text.replace(/\.$/, '')}).`
    : text;
}

function codeOf(details: unknown): unknown {
  return typeof details === 'object' && details !== null && 'code' in details
    ? details.code
    : undefined;
}
