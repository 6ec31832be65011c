import { Zero, type Schema } from '@rocicorp/zero';

/** A Zero client for any schema, with the methods that server tests use. */
export interface AnyClient {
  run(query: unknown, options?: { type: 'complete' }): Promise<unknown>;
  materialize(query: unknown): {
    addListener(listener: (rows: readonly unknown[]) => void): void;
  };
  close(): Promise<unknown>;
}

/** Zero's types support one schema per program; in this program it is the garden's. */
export function openClient(schema: Schema, cacheURL: string, userID: string): AnyClient {
  const Client = Zero as unknown as new (options: object) => AnyClient;
  return new Client({ schema, cacheURL, userID, kvStore: 'mem', logSink: { log: () => {} } });
}
