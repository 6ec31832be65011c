/** A database URL for display, with `***` in place of each password. */
export function maskPassword(url: string): string {
  const shown = URL.parse(url);
  if (shown === null) return '***';
  if (shown.password !== '') shown.password = '***';
  for (const name of shown.searchParams.keys()) {
    if (/password/i.test(name)) shown.searchParams.set(name, '***');
  }
  return shown.href;
}
