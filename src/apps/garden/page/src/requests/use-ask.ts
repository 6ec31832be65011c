import { useZero } from '@rocicorp/zero/react';
import type { Registry } from '@techgarden/schema';
import { newId } from '@techgarden/schema/kit';
import { mutators } from '@techgarden/schema/garden/zero';
import { useSession } from '../session/use-session.ts';
import { useWrite } from '../zero/use-write.ts';

/** Requests a package. Opens the sign-in dialog first if nobody is signed in. */
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
    write(`Request ${packageName}`, zero.mutate(mutators.requests.create(request)));
    return true;
  };
}
