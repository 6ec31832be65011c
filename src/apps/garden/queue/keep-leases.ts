import type { Held, HeldRequests } from './held-requests.ts';
import { heartbeat, recover } from './hold.ts';
import type { QueueDatabase } from './queue-database.ts';
import type { QueueSettings } from './settings.ts';
import type { WorkerEvent } from './worker-options.ts';

interface Keeping {
  readonly db: QueueDatabase;
  readonly held: HeldRequests;
  readonly settings: QueueSettings;
  readonly onEvent: (event: WorkerEvent) => void;
  readonly wake: () => void;
}

/** Extends a worker's leases while it works, and recovers expired leases of other workers. */
export function keepLeases(keeping: Keeping): () => void {
  const { settings, onEvent } = keeping;
  const every = (milliseconds: number, run: () => Promise<void>): NodeJS.Timeout => {
    let running = false;
    return setInterval(() => {
      if (running) return;
      running = true;
      void run()
        .catch((error: unknown) => onEvent({ type: 'trouble', error }))
        .finally(() => {
          running = false;
        });
    }, milliseconds);
  };
  const timers = [
    every(settings.lease / 3, () => beat(keeping)),
    // The jitter keeps workers from running this at the same time.
    every(settings.lease * (0.75 + Math.random() / 2), async () => {
      const { pending } = await recover(keeping.db, settings);
      if (pending > 0) keeping.wake();
    }),
    // A lease ends in time even if the database does not answer.
    every(settings.lease / 10, async () => {
      for (const one of held(keeping)) if (one.surelyUntil < performance.now()) lose(one, keeping);
    }),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

const held = ({ held }: Keeping): readonly Held[] => held.in('waiting', 'running');

async function beat(keeping: Keeping): Promise<void> {
  const asked = performance.now();
  const all = held(keeping);
  const still = await heartbeat(
    keeping.db,
    all.map(({ request }) => request.lease),
    keeping.settings,
  );
  for (const one of all) {
    if (still.has(one.request.id)) one.surelyUntil = asked + keeping.settings.lease;
    // A request that ended during the heartbeat is no longer held.
    else if (one.state.is === 'waiting' || one.state.is === 'running') lose(one, keeping);
  }
}

function lose(one: Held, { held, onEvent }: Keeping): void {
  if (!held.drop(one)) return;
  one.abort.abort(new Error('The lease was lost.'));
  onEvent({ type: 'lost', request: one.request });
}
