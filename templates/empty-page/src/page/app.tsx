import { useQuery, useZero, ZeroProvider } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import type { ReactNode, SyntheticEvent } from 'react';
import { mutators } from '../zero/mutators.ts';
import { queries } from '../zero/queries.ts';
import { schema } from '../zero/zero-schema.gen.ts';
import { readSession, signIn, signOut } from './session.ts';
import { useWrite } from './use-write.ts';

const session = readSession();

export function App(): ReactNode {
  if (session === undefined) {
    return (
      <main>
        <h1>Notes</h1>
        <button type="button" onClick={signIn}>
          Sign in
        </button>
      </main>
    );
  }
  return (
    <ZeroProvider
      schema={schema}
      mutators={mutators}
      cacheURL={import.meta.env['VITE_ZERO_URL'] as string}
      userID={session.sub}
      storageKey={session.roles.join(' ')}
      auth={session.token}
      context={{ sub: session.sub, roles: session.roles }}
    >
      <Notes />
    </ZeroProvider>
  );
}

function Notes(): ReactNode {
  const zero = useZero();
  const [notes] = useQuery(queries.notes.list());
  const { refused, write } = useWrite();
  const add = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const title = String(new FormData(form).get('title'));
    const at = Date.now();
    const note = {
      id: newId(),
      title,
      createdBy: zero.context.sub ?? '',
      createdAt: at,
      updatedAt: at,
    };
    if (await write(zero.mutate(mutators.rows.notes.insert(note)))) form.reset();
  };
  return (
    <main>
      <header>
        <h1>Notes</h1>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </header>
      <form onSubmit={(event) => void add(event)}>
        <input name="title" aria-label="Title of a new note" placeholder="New note" />
        <button type="submit">Add</button>
      </form>
      {refused !== undefined && <p role="alert">{refused}</p>}
      <ul>
        {notes.map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
      </ul>
    </main>
  );
}
