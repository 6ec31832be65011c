import { useQuery, useZero } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import { mutators, queries } from '@techgarden/schema/garden/zero';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useWrite } from '../zero/use-write.ts';

interface Props {
  readonly packageId: string;
  readonly name: string;
  /** Ids of the tags that the package already has. */
  readonly taken: readonly string[];
}

/** Assigns a tag to a package. */
export function TagAdder({ packageId, name, taken }: Props): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const [tags] = useQuery(queries.tags.list({ limit: 200 }));
  const select = useRef<HTMLSelectElement>(null);
  const [chosen, setChosen] = useState('');
  const free = tags.filter(({ id }) => !taken.includes(id));
  const tag = free.find(({ id }) => id === chosen);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!tag) return;
    write(
      `Tag ${name} as ${tag.name}`,
      zero.mutate(mutators.tags.assign(assignmentOf(packageId, tag.id))),
    );
    setChosen('');
    // The submit button is now disabled, so the focus moves to the select.
    select.current?.focus();
  };
  return (
    <form className="row" aria-label="Tag this package" onSubmit={submit}>
      <select
        ref={select}
        aria-label="A tag for this package"
        value={tag ? chosen : ''}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">Choose a tag</option>
        {free.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" className="button small" disabled={!tag}>
        Add
      </button>
    </form>
  );
}

const assignmentOf = (
  packageId: string,
  tagId: string,
): { id: string; packageId: string; tagId: string; at: number } => ({
  id: newId(),
  packageId,
  tagId,
  at: Date.now(),
});
