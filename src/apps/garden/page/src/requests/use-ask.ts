import { useZero } from '@rocicorp/zero/react';
import type { Registry } from '@techgarden/schema';
import { newId } from '@techgarden/schema/kit';
import { mutators } from '@techgarden/schema/garden/zero';
import { useSession } from '../session/use-session.ts';
import { useWrite } from '../zero/use-write.ts';

/** Asks the garden for a package; whoever is not signed in is asked to do that first. */
export function useAsk(): (registry: Registry, packageName: string) => boolean {
  const zero = useZero();
  const write = useWrite();
  const { session, ask } = useSession();
  return (registry, packageName) => {
    if (!session) {
      ask();
      return false;
    }
    const request = { id: newId(), packageName, registry, at: Date.now() };
    write(`Ask for ${packageName}`, zero.mutate(mutators.requests.create(request)));
    return true;
  };
}
