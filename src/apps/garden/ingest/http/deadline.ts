/** A signal that fires when nothing has happened for a while, or when the caller stops. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Something happened: from now on `milliseconds` are given. */
  extend(milliseconds: number, why: string): void;
  /** What ran out, if it was this and not the caller. */
  readonly expired: string | undefined;
  clear(): void;
}

/** One timer for each step of a request, within one for the whole, of which some may be spent already. */
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
