import { refused } from './fetch-failure.ts';

/**
 * Where a redirect leads, if it leads to something that may be asked.
 *
 * @param first the address that failures name: never that of a redirect.
 */
export function redirectTarget(first: URL, from: URL, location: string | null): URL {
  const target = location === null ? null : URL.parse(location, from);
  if (target === null) {
    throw refused(first, 'the server redirects to nowhere.', 'look at what the address answers.');
  }
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refused(
      first,
      'the server redirects to what is not the web.',
      'look at what the address answers.',
    );
  }
  if (target.username !== '' || target.password !== '') {
    throw refused(
      first,
      'the server redirects to an address with a password.',
      'look at what the address answers.',
    );
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refused(
      first,
      'the server redirects from https to http.',
      'configure an address that stays on https.',
    );
  }
  return target;
}
