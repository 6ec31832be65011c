import { Zero, type AnyMutatorRegistry } from '@rocicorp/zero';
import {
  anonymous,
  mutators,
  schema,
  type Principal,
} from '../../../src/apps/garden/zero/index.ts';
import { token as sign } from '../garden-server.fixture.ts';
import type { OpenStore } from './open-store.ts';

export interface ClientOptions {
  readonly cacheUrl: string;
  /** Nobody, where it is left out. */
  readonly as?: Principal;
  /** Another token than the principal's own. */
  readonly token?: string;
  readonly store?: OpenStore;
  /** Another than today's: that of a page which was loaded before or after a deployment. */
  readonly schema?: typeof schema;
  readonly onUpdateNeeded?: (reason: { readonly type: string }) => void;
  /** The garden's own where they are left out. */
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

/** The client's view of its connection, when it is one of these. */
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
