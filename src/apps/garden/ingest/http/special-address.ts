import { BlockList, isIP } from 'node:net';

/**
 * Kind of an address that is not on the public internet. `local`: this machine or a private
 * network. `reserved`: an address that no server can have.
 */
export type SpecialAddress = 'local' | 'link-local' | 'multicast' | 'reserved';

type Range = readonly [network: string, prefix: number];

const IPV4: Readonly<Record<SpecialAddress, readonly Range[]>> = {
  local: [
    ['10.0.0.0', 8],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    // Carrier-grade NAT.
    ['100.64.0.0', 10],
  ],
  'link-local': [['169.254.0.0', 16]],
  multicast: [['224.0.0.0', 4]],
  reserved: [
    // "This host": a connection to it ends at the loopback address.
    ['0.0.0.0', 8],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    // The last one is the broadcast address.
    ['240.0.0.0', 4],
  ],
};

const IPV6: Readonly<Record<SpecialAddress, readonly Range[]>> = {
  // Loopback, unique local, site local, and locally used NAT64.
  local: [
    ['::1', 128],
    ['fc00::', 7],
    ['fec0::', 10],
    ['64:ff9b:1::', 48],
  ],
  'link-local': [['fe80::', 10]],
  multicast: [['ff00::', 8]],
  // Parts of the public range 2000::/3: IETF protocols (including Teredo), documentation, 6to4.
  reserved: [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
};

const listOf = (ranges: readonly Range[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
};

const kinds = ['local', 'link-local', 'multicast', 'reserved'] as const;
const special4 = kinds.map((kind) => [kind, listOf(IPV4[kind], 'ipv4')] as const);
const special6 = kinds.map((kind) => [kind, listOf(IPV6[kind], 'ipv6')] as const);
const global6 = listOf([['2000::', 3]], 'ipv6');

/**
 * Returns the kind of a special IP address, or `undefined` for a public one.
 *
 * @example
 * specialAddress('127.0.0.1'); // 'local'
 * specialAddress('::ffff:169.254.169.254'); // 'link-local'
 */
export function specialAddress(address: string): SpecialAddress | undefined {
  // A zone selects a network interface of this machine.
  const [bare = ''] = address.split('%');
  if (isIP(bare) === 4) return special4.find(([, list]) => list.check(bare, 'ipv4'))?.[0];
  if (isIP(bare) !== 6) return 'reserved';
  const embedded = embeddedIpv4(bare);
  if (embedded !== undefined) return specialAddress(embedded);
  const found = special6.find(([, list]) => list.check(bare, 'ipv6'))?.[0];
  return found ?? (global6.check(bare, 'ipv6') ? undefined : 'reserved');
}

/** The IPv4 address embedded in `::ffff:0:0/96` (mapped) or `64:ff9b::/96` (NAT64). */
function embeddedIpv4(address: string): string | undefined {
  // URL normalizes an address to its compressed hexadecimal form.
  const spelled = URL.parse(`http://[${address}]`)?.hostname ?? '';
  const groups = /^\[(?:::ffff|64:ff9b:):(?:([\da-f]{1,4}):)?([\da-f]{1,4})?\]$/.exec(spelled);
  if (groups === null) return undefined;
  const [high, low] = [groups[1], groups[2]].map((group) => Number.parseInt(group ?? '0', 16));
  return [high! >> 8, high! & 255, low! >> 8, low! & 255].join('.');
}
