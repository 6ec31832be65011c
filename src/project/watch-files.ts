import { existsSync, statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from './seen.ts';

/** Editors write a file in several steps. */
const SETTLE_MILLISECONDS = 60;

/**
 * Runs a function now, and again whenever the files that it used change, until the signal
 * aborts. It watches folders, not files: many editors replace a file by a new one, and
 * missing files may appear.
 */
export async function watchFiles(run: () => Promise<Seen>, signal: AbortSignal): Promise<void> {
  let watchers = new Map<string, FSWatcher>();
  let isChange = (_file: string, _event: string): boolean => false;
  let changed = Promise.withResolvers<void>();
  const onChange = (folder: string, event: string, name: string | null): void => {
    // Without a name, anything may have changed.
    if (name === null || isChange(resolve(folder, name), event)) changed.resolve();
  };
  const stop = (): void => changed.resolve();
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      const start = Date.now();
      const seen = await run();
      isChange = changesOf(seen);
      const kept = new Map<string, FSWatcher>();
      for (const folder of foldersOf(seen)) {
        const watcher =
          watchers.get(folder) ?? watch(folder, (event, name) => onChange(folder, event, name));
        kept.set(folder, watcher);
      }
      for (const [folder, watcher] of watchers) if (!kept.has(folder)) watcher.close();
      watchers = kept;
      if (isPast(seen, start)) changed.resolve();
      await changed.promise;
      await sleep(SETTLE_MILLISECONDS);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    for (const watcher of watchers.values()) watcher.close();
  }
}

function foldersOf({ files, folders, lookups }: Seen): ReadonlySet<string> {
  const all = [
    ...folders,
    ...[...files].map((file) => dirname(file)),
    ...lookups.flatMap((lookup) => lookup.folders()),
  ];
  return new Set(all.filter((folder) => existsSync(folder)));
}

/** The clock of a file system may lag by a tick. */
const TICK_MILLISECONDS = 20;

/** Whether something changed after a run began, but before everything was watched. */
function isPast({ files, lookups }: Seen, start: number): boolean {
  const now = Date.now();
  const isNew = (file: string): boolean => {
    const { mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    // A file written with another machine's clock may have a future time, and would be new
    // forever.
    return mtimeMs > start - TICK_MILLISECONDS && mtimeMs <= now;
  };
  return (
    [...files].some(isNew) ||
    lookups.some((lookup) => lookup.files().join('\n') !== lookup.found.join('\n'))
  );
}

function changesOf({ files, lookups, failed }: Seen): (file: string, event: string) => boolean {
  const found = (): string =>
    lookups.flatMap((lookup) => [...lookup.files(), '', ...lookup.folders(), '']).join('\n');
  const before = found();
  return (file, event) => {
    if (files.has(file)) return true;
    if (failed && /\.(?:[mc]?[jt]sx?|json)$/.test(file)) return true;
    // A file was added, removed or renamed, and it is not one of the generated files.
    if (/\.gen\.ts(?:\.\d+)?$/.test(file)) return false;
    return event === 'rename' && found() !== before;
  };
}
