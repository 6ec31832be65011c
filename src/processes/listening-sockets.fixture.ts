import { readFile, readdir, readlink } from 'node:fs/promises';
import { descendantsOf } from './process-tree.ts';

/** A listening TCP socket. */
export interface ListeningSocket {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
}

/** All listening TCP sockets of a process and its descendants, as listed by Linux. */
export async function listeningSockets(root: number): Promise<readonly ListeningSocket[]> {
  const [sockets, family] = await Promise.all([
    Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readTable)),
    descendantsOf(root),
  ]);
  const byInode = new Map(sockets.flat());
  const found = await Promise.all(
    [root, ...family.map(({ pid }) => pid)].map(async (pid) => {
      const inodes = await socketInodes(pid);
      return inodes.flatMap((inode) => {
        const socket = byInode.get(inode);
        return socket === undefined ? [] : [{ pid, ...socket }];
      });
    }),
  );
  return found.flat();
}

/** The sockets that another machine can reach. */
export const exposedSockets = (sockets: readonly ListeningSocket[]): readonly ListeningSocket[] =>
  sockets.filter(({ address }) => address !== '127.0.0.1' && address !== '::1');

const LISTEN = '0A';

async function readTable(
  file: string,
): Promise<(readonly [string, Omit<ListeningSocket, 'pid'>])[]> {
  const [, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (state !== LISTEN) return [];
    return [[inode, { address: decodeAddress(address), port: Number.parseInt(port, 16) }] as const];
  });
}

/** Hex, in words of the machine's byte order; all test machines are little-endian. */
function decodeAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex').swap32();
  if (bytes.length === 4) return [...bytes].join('.');
  if (bytes.subarray(0, 15).every((byte) => byte === 0)) return bytes[15] === 1 ? '::1' : '::';
  return bytes.toString('hex');
}

/** Empty if the process has ended meanwhile. */
async function socketInodes(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}
