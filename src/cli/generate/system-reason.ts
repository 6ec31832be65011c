/** Why the system refuses a file or folder, in words; `undefined` where that is no mistake of the asking. */
export function systemReason(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? REASONS.get(String(error.code)) : undefined;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'you may not'],
  ['EPERM', 'you may not'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'the file system makes no folder there'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a part of the path is a file'],
  ['EISDIR', 'it is a folder'],
  ['ENOSPC', 'the disk is full'],
]);
