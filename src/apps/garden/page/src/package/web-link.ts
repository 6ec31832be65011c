/** What of a repository's or a homepage's address may become a link; nothing but the web. */
export function webLink(address: string | null): string | undefined {
  const url = URL.parse((address ?? '').replace(/^git\+/, '').replace(/\.git$/, ''));
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

/** An address as people say it. */
export const shownLink = (href: string): string =>
  href.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
