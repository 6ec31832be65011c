import { setTimeout as sleep } from 'node:timers/promises';
import type { Schema } from '@rocicorp/zero';
import { newId } from '../../src/kit/index.ts';

/** Version of zero-cache's protocol in the client of 1.9. */
const PROTOCOL = 51;

const PATIENCE = 30_000;

/** The client schema in the first message: all tables, even those that the server refuses. */
const clientSchema = (schema: Schema): object => ({
  tables: Object.fromEntries(
    Object.values(schema.tables).map((table) => [
      table.serverName ?? table.name,
      {
        columns: Object.fromEntries(
          Object.entries(table.columns).map(([name, { type, serverName }]) => [
            serverName ?? name,
            { type },
          ]),
        ),
        primaryKey: table.primaryKey,
      },
    ]),
  ),
});

export interface RawOptions {
  readonly cacheUrl: string;
  readonly token?: string;
  readonly userID?: string;
  /** The group of another client, to receive its data. */
  readonly clientGroupID?: string;
  /** Initial queries. */
  readonly queries?: readonly object[];
  /** Further fields of the first message. */
  readonly first?: object;
}

interface RowPatch {
  readonly op: 'put' | 'update' | 'del' | 'clear';
  readonly tableName?: string;
  readonly id?: { readonly id: string };
  readonly value?: { readonly id: string };
}

/** A websocket without a Zero client: sends arbitrary messages, and records all received ones. */
export interface RawClient {
  readonly clientID: string;
  readonly clientGroupID: string;
  readonly heard: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  send(message: readonly unknown[]): void;
  /** Resolves when a message of this kind was received, or the connection has ended. */
  until(kind: string, times?: number): Promise<void>;
  /** Received rows, as `table {…}`. */
  rows(): readonly string[];
  /** Ids of a table's rows that were received and not removed. */
  held(table: string): readonly string[];
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  close(): void;
}

export async function openRawClient(schema: Schema, options: RawOptions): Promise<RawClient> {
  const { cacheUrl, token, userID, queries = [], first, clientGroupID = newId() } = options;
  const clientID = newId();
  const url = new URL(`/sync/v${PROTOCOL}/connect`, cacheUrl.replace(/^http/, 'ws'));
  const parameters = { clientID, clientGroupID, baseCookie: '', ts: '1', lmid: '0', wsid: newId() };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (userID !== undefined) url.searchParams.set('userID', userID);
  const desiredQueriesPatch = queries.map((query, at) => ({ op: 'put', hash: `q${at}`, ...query }));
  const initConnectionMessage = [
    'initConnection',
    {
      desiredQueriesPatch,
      clientSchema: clientSchema(schema),
      activeClients: [clientID],
      ...first,
    },
  ];
  const protocols = JSON.stringify({ initConnectionMessage: undefined, authToken: token });
  const socket = new WebSocket(url, encodeURIComponent(btoa(protocols)));
  const heard: (readonly [string, Readonly<Record<string, unknown>>])[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const one of waiting) one();
  };
  const ended = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve());
    socket.addEventListener('error', () => resolve());
  });
  const opened = new Promise<void>((resolve) => {
    socket.addEventListener('open', () => resolve());
  });
  socket.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(String(data)) as (typeof heard)[number]);
    wake();
  });
  await Promise.race([opened, ended]);
  const send = (message: readonly unknown[]): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const until = (kind: string, times = 1): Promise<void> => {
    const seen = new Promise<void>((resolve) => {
      const look = (): void => {
        if (heard.filter(([what]) => what === kind).length < times) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
    const late = sleep(PATIENCE, undefined, { ref: false }).then(() => {
      throw new Error(`no ${kind}, but ${JSON.stringify(heard)}`);
    });
    return Promise.race([seen, ended, late]);
  };
  // A separate message, because a header has no room for many queries. Messages before
  // zero-cache's acknowledgement are lost.
  await Promise.race([until('connected'), until('error')]);
  send(initConnectionMessage);
  return {
    clientID,
    clientGroupID,
    heard,
    ended,
    send,
    until,
    rows: () =>
      heard.flatMap(([kind, body]) =>
        kind === 'pokePart' && Array.isArray(body['rowsPatch'])
          ? body['rowsPatch'].flatMap((patch: { op: string; tableName?: string; value?: object }) =>
              patch.op === 'put' ? [`${patch.tableName} ${JSON.stringify(patch.value)}`] : [],
            )
          : [],
      ),
    held(table) {
      const ids = new Set<string>();
      for (const [kind, body] of heard) {
        if (kind !== 'pokePart' || !Array.isArray(body['rowsPatch'])) continue;
        for (const patch of body['rowsPatch'] as readonly RowPatch[]) {
          if (patch.op === 'clear') ids.clear();
          if (patch.tableName !== table) continue;
          if (patch.op === 'put') ids.add(patch.value?.id ?? '');
          if (patch.op === 'del') ids.delete(patch.id?.id ?? '');
        }
      }
      return [...ids];
    },
    close: () => socket.close(),
  };
}
