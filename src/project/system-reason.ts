/**
 * The system's reason for refusing a file or folder, as text; `undefined` if it is not a
 * user error.
 *
 * @param missing the reason to return for a missing file.
 */
export function systemReason(error: unknown, missing: string): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'ENOENT' ? missing : REASONS.get(code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a part of the path is a file'],
  ['EISDIR', 'it is a folder'],
  ['ENOSPC', 'the disk is full'],
]);
