import type { Ingested } from '../../ingest/ingest-handler.ts';
import type { WorkerEvent } from '../../queue/worker-options.ts';
import { messageOf } from '../../queue/message-of.ts';
import { escapeControls, escapedJson } from '../../../../command/escape-controls.ts';
import type { Io } from '../../../../command/io.ts';
import type { Paint } from '../../../../command/paint.ts';

export interface WorkerReporter {
  readonly start: (place: string, registries: readonly string[], others: readonly string[]) => void;
  readonly onIngested: (event: Ingested) => void;
  readonly onEvent: (event: WorkerEvent) => void;
  readonly end: () => void;
  /** Number of requests that failed for good. */
  readonly failed: number;
}

/**
 * Prints one line per package. Names and messages come from users, registries and databases, so
 * each is escaped before colours are added. On a terminal the last line shows the current state.
 */
export function workerReporter(
  { stdout }: Pick<Io, 'stdout'>,
  paint: Paint,
  { json }: { json: boolean },
): WorkerReporter {
  const running = new Map<string, string>();
  const counts = { done: 0, failed: 0, queued: 0 };
  let open = false;
  let started = false;

  const clear = (): void => {
    if (open) stdout.write('\r\u001B[K');
    open = false;
  };
  const status = (): void => {
    if (json || !stdout.isTTY) return;
    clear();
    const names = [...running.values()].join(', ');
    const text = `  ${counts.done} done, ${counts.failed} failed; ${names === '' ? 'waiting' : names} …`;
    stdout.write(paint('dim', text.slice(0, Math.max(20, (stdout.columns ?? 80) - 1))));
    open = true;
  };
  const gathered = gatherLines(stdout);
  const line = (text: string, document: object): void => {
    const whole = json ? `${escapedJson(document)}\n` : `${text}\n`;
    if (!stdout.isTTY) return gathered.add(whole);
    clear();
    stdout.write(whole);
    status();
  };

  return {
    get failed() {
      return counts.failed;
    },
    start(place, registries, others) {
      started = true;
      const waiting =
        others.length === 0 ? '' : `\nNot configured, so their requests wait: ${others.join(', ')}`;
      line(
        `${paint('bold', 'Working')} on ${escapeControls(place)}, fetching from ${registries.join(', ')}${waiting}`,
        {
          type: 'started',
          database: place,
          registries,
          notConfigured: others,
        },
      );
    },
    onIngested({ request, state, written, queued, milliseconds }) {
      counts.done += 1;
      counts.queued += queued;
      running.delete(request.id);
      const { registry, packageName } = request;
      line(
        `  ${paint('green', registry)} ${escapeControls(packageName)}  ${[...changesOf(state, written), ...(queued > 0 ? [`${queued} queued`] : [])].join(', ')}  ${paint('dim', `${Math.round(milliseconds)} ms`)}`,
        {
          type: state,
          registry,
          package: packageName,
          requestId: request.id,
          ...written,
          queued,
          milliseconds: Math.round(milliseconds),
        },
      );
    },
    onEvent(event) {
      switch (event.type) {
        case 'claimed':
          for (const { id, packageName } of event.requests) {
            running.set(id, escapeControls(packageName));
          }
          return status();
        case 'failed': {
          const { request, failure, retryAt } = event;
          running.delete(request.id);
          if (retryAt === undefined) counts.failed += 1;
          const cause = failure.cause === undefined ? undefined : messageOf(failure.cause);
          const why = cause === undefined ? failure.message : `${failure.message} (${cause})`;
          const when = retryAt === undefined ? 'failed' : `retry at ${retryAt.toISOString()}`;
          return line(
            `  ${paint(retryAt === undefined ? 'red' : 'yellow', request.registry)} ${escapeControls(request.packageName)}  ${when}: ${escapeControls(why)}`,
            {
              type: 'failed',
              registry: request.registry,
              package: request.packageName,
              requestId: request.id,
              message: failure.message,
              ...(cause !== undefined && { cause }),
              retryAt: retryAt?.toISOString() ?? null,
            },
          );
        }
        case 'lost':
          running.delete(event.request.id);
          return line(
            `  ${paint('yellow', event.request.registry)} ${escapeControls(event.request.packageName)}  lease lost`,
            {
              type: 'lost',
              registry: event.request.registry,
              package: event.request.packageName,
              requestId: event.request.id,
            },
          );
        case 'trouble': {
          const message = messageOf(event.error);
          return line(
            paint('yellow', `  the queue cannot be reached, retrying: ${escapeControls(message)}`),
            {
              type: 'trouble',
              message,
            },
          );
        }
        case 'completed':
        case 'settled':
        case 'released':
          running.delete(event.request.id);
          return status();
      }
    },
    end() {
      gathered.flush();
      clear();
      if (!started) return;
      if (json) stdout.write(`${escapedJson({ type: 'ended', ...counts })}\n`);
      else stdout.write(`${counts.done} done, ${counts.failed} failed, ${counts.queued} queued.\n`);
    },
  };
}

const GATHER_FOR = 50;

/**
 * Buffers lines for a pipe, because each write wakes the reader and costs as much as many lines.
 */
function gatherLines(stdout: Io['stdout']): { add(line: string): void; flush(): void } {
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines !== '') stdout.write(lines);
    lines = '';
  };
  return {
    add(line) {
      lines += line;
      timer ??= setTimeout(flush, GATHER_FOR);
    },
    flush,
  };
}

function changesOf(state: Ingested['state'], written: Ingested['written']): string[] {
  if (state === 'gone') return ['removed from its registry'];
  if (written === undefined) return ['unchanged'];
  const { versions, dependencies, linked } = written;
  const parts = [
    [versions.added, 'new version', 'new versions'],
    [versions.changed, 'changed', 'changed'],
    [versions.yanked, 'yanked', 'yanked'],
    [dependencies.added, 'dependency', 'dependencies'],
    [dependencies.removed, 'dependency removed', 'dependencies removed'],
    [linked, 'link', 'links'],
  ] as const;
  const said = parts.flatMap(([count, one, more]) =>
    count > 0 ? [`${count} ${count === 1 ? one : more}`] : [],
  );
  return said.length > 0 ? said : ['nothing new'];
}
