import { PACKAGES, ROOMS } from './rooms.ts';
import { packageOf, roomOf, type Import } from './read-imports.ts';

const allowed: Readonly<Record<string, readonly string[]>> = ROOMS;

/** The rule that an import violates; `undefined` if it is allowed. */
export function judgeImport({ from, to }: Import): string | undefined {
  const room = roomOf(from);
  if (room === undefined) return undefined;
  const rooms = allowed[room];
  if (!rooms) return `${from}: there is no room ${room}`;
  if (to.startsWith('src/')) return judgeRoom(from, to, room, rooms);
  if (to.startsWith('node:')) return undefined;
  if (to.startsWith('.')) return `${from} imports ${to}, which is outside of src`;
  const holders = PACKAGES[packageOf(to)];
  return holders?.includes(room) ? undefined : `${from} imports ${to}`;
}

function judgeRoom(
  from: string,
  to: string,
  room: string,
  rooms: readonly string[],
): string | undefined {
  const other = roomOf(to) ?? '';
  if (other !== room && !rooms.includes(other)) return `${from} imports ${to}`;
  // The targets of emit must not import each other, nor the readers of read.
  const part = (file: string): string => file.split('/')[2] ?? '';
  const isApart = room === 'emit' && other === room && part(from) !== part(to);
  return isApart ? `${from} imports ${to}, another target` : undefined;
}

/** A cycle of imports, as the list of its files; `undefined` if there is none. */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    const at = way.indexOf(file);
    if (at !== -1) return [...way.slice(at), file];
    if (done.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const found = visit(to, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}
