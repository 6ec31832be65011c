import { useState } from 'react';

interface Answer {
  readonly type: string;
  readonly error?: { readonly message: string; readonly details?: unknown };
}

/** Details of a row that the table's checks reject. */
interface Invalid {
  readonly result: { readonly issues: readonly { readonly message: string }[] };
}

/** The results of a mutation on the client and on the server. */
interface Mutation {
  readonly client: Promise<Answer>;
  readonly server: Promise<Answer>;
}

/** Runs a write, and keeps the reason if the client or the server refuses it. */
export function useWrite(): {
  readonly refused: string | undefined;
  readonly write: (mutation: Mutation) => Promise<boolean>;
} {
  const [refused, setRefused] = useState<string>();
  const write = async ({ client, server }: Mutation): Promise<boolean> => {
    setRefused(undefined);
    const report = ({ type, error }: Answer): boolean => {
      if (type === 'error') setRefused(messageOf(error));
      return type !== 'error';
    };
    void server.then(report);
    return report(await client);
  };
  return { refused, write };
}

/** The message about a column, or otherwise the message of the server. */
function messageOf(error: Answer['error']): string {
  const details = error?.details as Partial<Invalid> | null | undefined;
  const issues = details?.result?.issues ?? [];
  if (issues.length > 0) return issues.map(({ message }) => `${message}.`).join(' ');
  return error?.message ?? 'The write was refused.';
}
