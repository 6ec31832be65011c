import { useQuery, useZero } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import type { ReactNode, SyntheticEvent } from 'react';
import { mutators } from '../zero/mutators.ts';
import { queries } from '../zero/queries.ts';
import { useWrite } from './use-write.ts';

interface Organisation {
  readonly id: string;
  readonly members: readonly { readonly userId: string; readonly name: string }[];
}

export function Issues({ organisation }: { readonly organisation: Organisation }): ReactNode {
  const zero = useZero();
  const organisationId = organisation.id;
  const [issues] = useQuery(queries.issues.list({ organisationId }));
  const { refused, write } = useWrite();
  const me = zero.context.sub ?? '';
  const nameOf = (user: string): string =>
    organisation.members.find(({ userId }) => userId === user)?.name ?? 'a former member';

  const add = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const at = Date.now();
    const issue = {
      id: newId(),
      organisationId,
      title: String(new FormData(form).get('title')),
      status: 'open',
      createdBy: me,
      createdAt: at,
      updatedAt: at,
    } as const;
    if (await write(zero.mutate(mutators.rows.issues.insert(issue)))) form.reset();
  };
  const close = (id: string, done: boolean): void => {
    const change = { id, status: done ? 'done' : 'open', updatedAt: Date.now() } as const;
    void write(zero.mutate(mutators.rows.issues.update(change)));
  };
  const remove = (id: string): void => {
    void write(zero.mutate(mutators.rows.issues.delete({ id })));
  };
  const comment = async (
    issueId: string,
    event: SyntheticEvent<HTMLFormElement>,
  ): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = String(new FormData(form).get('body'));
    const at = Date.now();
    const row = { id: newId(), issueId, body, createdBy: me, createdAt: at, updatedAt: at };
    if (await write(zero.mutate(mutators.rows.comments.insert(row)))) form.reset();
  };

  return (
    <section>
      <form onSubmit={(event) => void add(event)}>
        <input name="title" aria-label="Title of a new issue" placeholder="New issue" />
        <button type="submit">Add</button>
      </form>
      {refused !== undefined && <p role="alert">{refused}</p>}
      <ul>
        {issues.map(({ id, title, status, createdBy, comments }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={status === 'done'}
                onChange={(event) => close(id, event.currentTarget.checked)}
              />
              {title}
            </label>{' '}
            <small>by {nameOf(createdBy)}</small>{' '}
            <button type="button" onClick={() => remove(id)}>
              Delete
            </button>
            <ul>
              {comments.map((one) => (
                <li key={one.id}>
                  {one.body} <small>{nameOf(one.createdBy)}</small>
                </li>
              ))}
            </ul>
            <form onSubmit={(event) => void comment(id, event)}>
              <input name="body" aria-label={`Comment on ${title}`} placeholder="Comment" />
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
