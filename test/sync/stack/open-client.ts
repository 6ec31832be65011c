import { Zero, type AnyMutatorRegistry } from '@rocicorp/zero';
import {
  anonymous,
  mutators,
  schema,
  type Principal,
} from '../../../src/apps/garden/zero/index.ts';
import { token as sign } from '../garden-server.fixture.ts';
import type { OpenStore } from '../../hostile/open-store.ts';

export interface ClientOptions {
  readonly cacheUrl: string;
  /** Default: anonymous. */
  readonly as?: Principal;
  /** A different token than the principal's. */
  readonly token?: string;
  readonly store?: OpenStore;
  /** A different schema: that of a page from before or after a deployment. */
  readonly schema?: typeof schema;
  readonly onUpdateNeeded?: (reason: { readonly type: string }) => void;
  /** Default: the garden's mutators. */
  readonly mutators?: AnyMutatorRegistry;
}

/** A client of the garden, in this process. */
export async function openClient({
  cacheUrl,
  as = anonymous,
  token,
  store,
  mutators: own = mutators,
  schema: ownSchema = schema,
  onUpdateNeeded,
}: ClientOptions) {
  const auth =
    token ?? (as.sub === undefined ? undefined : await sign({ sub: as.sub, roles: [...as.roles] }));
  return new Zero({
    schema: ownSchema,
    mutators: own as typeof mutators,
    cacheURL: cacheUrl,
    kvStore: (store?.provider as never) ?? 'mem',
    userID: as.sub ?? null,
    ...(auth !== undefined && { auth }),
    context: as,
    ...(onUpdateNeeded && { onUpdateNeeded }),
    logSink: { log: () => {} },
  });
}

export type GardenClient = Awaited<ReturnType<typeof openClient>>;

/** Resolves when the connection has one of these states. */
export function untilState(
  zero: GardenClient,
  ...names: readonly GardenClient['connection']['state']['current']['name'][]
): Promise<string> {
  return new Promise((resolve) => {
    const look = ({ name }: { readonly name: string }): void => {
      if (!(names as readonly string[]).includes(name)) return;
      resolve(name);
      unsubscribe();
    };
    let unsubscribe = (): void => {};
    unsubscribe = zero.connection.state.subscribe(look);
    look(zero.connection.state.current);
  });
}
