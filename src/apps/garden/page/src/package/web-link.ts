/** Turns a repository or homepage address into a link. Only http and https are allowed. */
export function webLink(address: string | null): string | undefined {
  const url = URL.parse((address ?? '').replace(/^git\+/, '').replace(/\.git$/, ''));
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

/** A short form of an address for display. */
export const shownLink = (href: string): string =>
  href.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
