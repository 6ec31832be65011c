import { useZero } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import type { ReactNode, SyntheticEvent } from 'react';
import { mutators } from '../zero/mutators.ts';
import { useWrite } from './use-write.ts';

export function CreateOrganisation({
  onCreated,
}: {
  readonly onCreated: (id: string) => void;
}): ReactNode {
  const zero = useZero();
  const { refused, write } = useWrite();
  const create = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name'));
    const id = newId();
    const args = { id, memberId: newId(), name, memberName: 'Me', at: Date.now() };
    if (await write(zero.mutate(mutators.organisations.create(args)))) {
      form.reset();
      onCreated(id);
    }
  };
  return (
    <form onSubmit={(event) => void create(event)}>
      <input name="name" aria-label="Name of a new organisation" placeholder="New organisation" />
      {refused !== undefined && <p role="alert">{refused}</p>}
    </form>
  );
}
