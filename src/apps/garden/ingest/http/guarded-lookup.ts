import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { specialAddress, type SpecialAddress } from './special-address.ts';

/** A redirect led to an address that is not public. It names none: a requester reads it. */
export class NotPublicError extends Error {
  constructor() {
    super('the address is not public.');
  }
}

type Allowed = SpecialAddress | undefined;

const isAllowed = (address: string, allowed: Allowed): boolean => {
  const special = specialAddress(address);
  return special === undefined || special === allowed;
};

/**
 * Resolves names to public addresses alone, and to those of the kind that is allowed
 * beside them. A connection is made to what this gives, so that a name that is resolved
 * another time to another address (DNS rebinding) gains nothing.
 */
export function guardedLookup(
  allowed: Allowed,
  lookup: LookupFunction = systemLookup as LookupFunction,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const list = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const fit = list.filter(({ address }) => isAllowed(address, allowed));
      const [first] = fit;
      if (first === undefined) return callback(new NotPublicError(), '');
      if (options.all === true) callback(null, fit);
      else callback(null, first.address, first.family);
    });
  };
}

/** Refuses an IP address in the place of a name: nothing looks that up. */
export function refuseSpecialHost(host: string, allowed: Allowed): void {
  if (isIP(host) !== 0 && !isAllowed(host, allowed)) throw new NotPublicError();
}

/**
 * What the host of a configured address belongs to: nothing, unless all of its addresses
 * belong to the same.
 */
export async function specialHost(host: string): Promise<Allowed> {
  if (isIP(host) !== 0) return specialAddress(host);
  const { promise, resolve } = Promise.withResolvers<readonly { address: string }[]>();
  systemLookup(host, { all: true }, (error, found) => resolve(error === null ? found : []));
  const kinds = new Set((await promise).map(({ address }) => specialAddress(address)));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The host of an address, as a connection takes it: without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');
