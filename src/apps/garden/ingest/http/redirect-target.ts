import { refused } from './fetch-failure.ts';

/**
 * Returns the target of a redirect, or throws if it must not be requested.
 *
 * @param first the requested address, which failures name instead of the redirect.
 */
export function redirectTarget(first: URL, from: URL, location: string | null): URL {
  const target = location === null ? null : URL.parse(location, from);
  if (target === null) {
    throw refused(
      first,
      'the server redirects without a valid address.',
      'check the response of the address.',
    );
  }
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw refused(
      first,
      'the server redirects to an address that is neither http nor https.',
      'check the response of the address.',
    );
  }
  if (target.username !== '' || target.password !== '') {
    throw refused(
      first,
      'the server redirects to an address with a password.',
      'check the response of the address.',
    );
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refused(
      first,
      'the server redirects from https to http.',
      'configure an address that does not redirect to http.',
    );
  }
  return target;
}
