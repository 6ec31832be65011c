import { refused } from './fetch-failure.ts';

/** Where a redirect leads, if it leads to something that may be asked. */
export function redirectTarget(from: URL, location: string | null): URL {
  const target = location === null ? null : URL.parse(location, from);
  if (target === null) {
    throw refused(from, 'the server redirects to nowhere.', 'look at what the address answers.');
  }
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refused(
      from,
      `the server redirects to ${target.protocol}, which is not the web.`,
      'look at what the address answers.',
    );
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refused(
      from,
      'the server redirects from https to http.',
      'configure an address that stays on https.',
    );
  }
  return target;
}
