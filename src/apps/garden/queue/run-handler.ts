import type { Held } from './held-requests.ts';
import { messageOf } from './message-of.ts';
import type { Handler } from './worker-options.ts';

/**
 * Runs a handler and returns the next state of the request, or `undefined` if the handler settled
 * it.
 */
export async function runHandler(
  held: Held,
  handle: Handler,
  stopping: AbortSignal,
): Promise<Held['state'] | undefined> {
  const { request, abort } = held;
  const stop = (): void => abort.abort(stopping.reason);
  stopping.addEventListener('abort', stop, { once: true });
  try {
    const { lease } = request;
    const outcome = await handle(request, { signal: abort.signal, lease });
    switch (outcome.state) {
      case 'completed':
        return { is: 'completed', completion: { lease, packageId: outcome.packageId } };
      case 'failed':
        return { is: 'failed', failure: outcome.failure };
      case 'settled':
        return undefined;
    }
  } catch (error) {
    // An aborted handler is not a failure of the request.
    if (abort.signal.aborted) return { is: 'stopped' };
    return { is: 'failed', failure: { message: messageOf(error), cause: error } };
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}
