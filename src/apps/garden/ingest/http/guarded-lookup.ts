import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { specialAddress, type SpecialAddress } from './special-address.ts';

/**
 * A redirect leads to a non-public address. The message does not name it, because the requester
 * sees the message.
 */
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
 * Resolves names only to public addresses and to the allowed kind of special address. The
 * connection uses the checked address, so a name that resolves differently later (DNS rebinding) is
 * no risk.
 */
export function guardedLookup(
  allowed: Allowed,
  lookup: LookupFunction = systemLookup as LookupFunction,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const list = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const allowedAddresses = list.filter(({ address }) => isAllowed(address, allowed));
      const [first] = allowedAddresses;
      if (first === undefined) return callback(new NotPublicError(), '');
      if (options.all === true) callback(null, allowedAddresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Refuses a non-public IP literal as host. IP literals do not pass through the lookup. */
export function refuseSpecialHost(host: string, allowed: Allowed): void {
  if (isIP(host) !== 0 && !isAllowed(host, allowed)) throw new NotPublicError();
}

/**
 * The kind of special address that a configured host has, or `undefined` if its addresses are
 * public or of several kinds.
 */
export async function specialHost(host: string): Promise<Allowed> {
  if (isIP(host) !== 0) return specialAddress(host);
  const { promise, resolve } = Promise.withResolvers<readonly { address: string }[]>();
  systemLookup(host, { all: true }, (error, found) => resolve(error === null ? found : []));
  const kinds = new Set((await promise).map(({ address }) => specialAddress(address)));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The host of a URL in the form that sockets expect: IPv6 without brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');
