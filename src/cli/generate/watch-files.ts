import { watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Editors write a file in several steps. */
const SETTLE_MILLISECONDS = 60;

/**
 * Runs something now and again whenever one of its files changes, until the signal
 * aborts. Each run gives the files that the next one depends on. Folders are
 * watched, not files: many editors put a new file in the place of the old one.
 */
export async function watchFiles(
  run: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<void> {
  let watchers = new Map<string, FSWatcher>();
  let files = new Set<string>();
  let changed = Promise.withResolvers<void>();
  const onChange = (folder: string, name: string | null): void => {
    // Without a name anything may have changed.
    if (name === null || files.has(resolve(folder, name))) changed.resolve();
  };
  const stop = (): void => changed.resolve();
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      // oxlint-disable-next-line no-await-in-loop
      files = new Set(await run());
      const folders = new Set([...files].map((file) => dirname(file)));
      const kept = new Map<string, FSWatcher>();
      for (const folder of folders) {
        const watcher = watchers.get(folder) ?? watch(folder, (_, name) => onChange(folder, name));
        kept.set(folder, watcher);
      }
      for (const [folder, watcher] of watchers) if (!kept.has(folder)) watcher.close();
      watchers = kept;
      // oxlint-disable-next-line no-await-in-loop
      await changed.promise;
      // oxlint-disable-next-line no-await-in-loop
      await sleep(SETTLE_MILLISECONDS);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    for (const watcher of watchers.values()) watcher.close();
  }
}
