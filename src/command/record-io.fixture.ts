import type { Io } from './io.ts';

export interface RecordedIo extends Io {
  out(): string;
  err(): string;
}

/** An Io that records its output. */
export function recordIo({
  env = {},
  cwd = '/nowhere',
  isTTY = false,
}: { env?: Io['env']; cwd?: string; isTTY?: boolean } = {}): RecordedIo {
  let out = '';
  let err = '';
  return {
    stdout: { isTTY, write: (text) => void (out += text) },
    stderr: { isTTY, write: (text) => void (err += text) },
    env,
    cwd,
    out: () => out,
    err: () => err,
  };
}
