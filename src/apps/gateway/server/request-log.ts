import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { readDatabaseError } from '../../../postgres/database-error.ts';
import { ProblemError } from '../../../report/problem.ts';
import { logRequests, type LoggedRequest } from './log-requests.ts';

export interface RequestLogOptions {
  /** Requests of one statement; 500 by default. */
  readonly batch?: number;
  /** Milliseconds until a batch that is not full is written; 1,000 by default. */
  readonly delay?: number;
  /** Requests that wait at most; 50,000 by default. More are dropped. */
  readonly capacity?: number;
  /**
   * Called for a request that the database refuses, which is dropped, and for a batch that could not
   * be written, which is tried again.
   */
  readonly onError: (error: unknown) => void;
}

/** Logs requests in batches, so that a request does not wait for the database. */
export interface RequestLog {
  /** Returns false if the request was dropped, because too many wait. */
  add(request: LoggedRequest): boolean;
  /** Writes all requests that wait. Rejects if that fails. */
  flush(): Promise<void>;
}

/**
 * Collects requests and writes them in batches, each in one statement. A batch that failed is kept:
 * the ids of its requests make a repetition harmless. Call `flush()` before the process ends.
 *
 * @example
 * import { requestLog } from '@techgarden/schema/gateway/server';
 * import { newId } from '@techgarden/schema/kit';
 *
 * const log = requestLog(db, { onError: console.error });
 * log.add({ id: newId(), serverId: '0197a3c5-0000-7000-8000-000000000001', method: 'ping', statusCode: 200, responseTime: 12, createdAt: new Date() });
 * await log.flush();
 */
export function requestLog(
  db: AnyDatabase,
  { batch = 500, delay = 1_000, capacity = 50_000, onError }: RequestLogOptions,
): RequestLog {
  const waiting: LoggedRequest[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  /** Finds the requests that the database refuses by halves, so that the others are written. */
  const writeValid = async (rows: readonly LoggedRequest[]): Promise<void> => {
    try {
      await logRequests(db, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (rows.length === 1) return onError(error);
      const half = rows.length >> 1;
      await writeValid(rows.slice(0, half));
      await writeValid(rows.slice(half));
    }
  };
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const rows = waiting.slice(0, batch);
      await writeValid(rows);
      waiting.splice(0, rows.length);
    }
  };
  /** One writer at a time, so that no request is written by two. */
  const run = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= write().finally(() => {
      running = undefined;
    });
    return running;
  };
  const later = (): void => {
    timer ??= setTimeout(() => {
      run().catch((error: unknown) => {
        onError(error);
        if (waiting.length > 0) later();
      });
    }, delay);
    timer.unref();
  };
  return {
    add(request) {
      if (waiting.length >= capacity) return false;
      waiting.push(request);
      if (waiting.length >= batch && !running) run().catch(onError);
      else later();
      return true;
    },
    async flush() {
      do await run();
      while (waiting.length > 0);
    },
  };
}

/** Invalid values (22), refused by a constraint (23), or without a partition. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ProblemError ||
  /^2[23]/.test(readDatabaseError((error as Error).cause ?? error)?.code ?? '');
