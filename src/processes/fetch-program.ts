import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { serveFetch } from './serve-fetch.ts';

// A separate program that serves the default export of a module on a free port of 127.0.0.1 and
// sends its parent the address.

/** The messages to the parent. */
export type FetchProgramMessage =
  | { readonly type: 'listening'; readonly url: string }
  | { readonly type: 'no-fetch'; readonly found: string }
  | { readonly type: 'threw'; readonly stack: string };

interface FetchModule {
  readonly default?: { fetch?(request: Request): Response | Promise<Response> };
}

/** A bundle exports its only module as `m0`. */
interface Imported extends FetchModule {
  readonly m0?: FetchModule;
}

const PATIENCE = 3000;

process.setSourceMapsEnabled(true);
// The parent has ended, and the watchdog may have ended too.
process.on('disconnect', () => process.exit());
let inFlight = 0;
let stopping = false;
const endIfIdle = (): void => {
  if (stopping && inFlight === 0) process.exit();
};
// A new server has taken over. Requests in progress are still answered.
process.on('SIGTERM', () => {
  stopping = true;
  setTimeout(() => process.exit(), PATIENCE).unref();
  endIfIdle();
});

const tell = (message: FetchProgramMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });
const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

try {
  const imported = (await import(pathToFileURL(process.argv[2] ?? '').href)) as Imported;
  const handler = (imported.m0 ?? imported).default;
  if (typeof handler?.fetch !== 'function') {
    await tell({
      type: 'no-fetch',
      found: handler === undefined ? 'no default export' : 'a default export without fetch',
    });
    process.exit(1);
  }
  const server = await serveFetch(async (request) => {
    inFlight += 1;
    try {
      return (await handler.fetch?.(request)) as Response;
    } catch (error) {
      // The answer is 500, without details.
      process.stderr.write(`${stackOf(error)}\n`);
      throw error;
    } finally {
      inFlight -= 1;
      // The delay lets the answer be sent first.
      setTimeout(endIfIdle, 50);
    }
  });
  await tell({ type: 'listening', url: server.url });
} catch (error) {
  await tell({ type: 'threw', stack: stackOf(error) });
  process.exit(1);
}
