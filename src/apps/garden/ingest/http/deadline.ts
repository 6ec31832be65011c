/** A signal that aborts on a timeout or when the caller's signal aborts. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Restarts the step timer with a new timeout. */
  extend(milliseconds: number, why: string): void;
  /** The reason of the timeout, or `undefined` if none occurred. */
  readonly expired: string | undefined;
  clear(): void;
}

/** Starts a timer per step and a timer for the whole request. `spent` reduces the total. */
export function startDeadline(total: number, spent: number, caller: AbortSignal): Deadline {
  const controller = new AbortController();
  let expired: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const expire = (why: string): void => {
    expired ??= why;
    controller.abort(new Error(why));
  };
  const left = Math.max(0, total - spent);
  const whole = setTimeout(expire, left, `it took longer than ${total / 1000} s`);
  const stop = (): void => controller.abort(caller.reason);
  if (caller.aborted) stop();
  else caller.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    extend(milliseconds, why) {
      clearTimeout(timer);
      timer = setTimeout(expire, milliseconds, why);
    },
    get expired() {
      return expired;
    },
    clear() {
      clearTimeout(whole);
      clearTimeout(timer);
      caller.removeEventListener('abort', stop);
    },
  };
}
