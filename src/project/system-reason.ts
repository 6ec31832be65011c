/**
 * Why the system refuses a file or folder, in words; `undefined` where that is no
 * mistake of the asking.
 *
 * @param missing what it means that something is not there.
 */
export function systemReason(error: unknown, missing: string): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOENT' ? missing : REASONS.get(code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'you may not'],
  ['EPERM', 'you may not'],
  ['EROFS', 'the file system is read-only'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a part of the path is a file'],
  ['EISDIR', 'it is a folder'],
  ['ENOSPC', 'the disk is full'],
]);
