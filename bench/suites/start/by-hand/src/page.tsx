/// <reference types="vite/client" />
import { useQuery, useZero, ZeroProvider } from '@rocicorp/zero/react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { uuidv7 } from 'uuidv7';
import { mutators } from './mutators.ts';
import { queries } from './queries.ts';
import { users } from './users.ts';
import { schema } from './zero-schema.gen.ts';

interface Session {
  readonly sub: string;
  readonly token: string;
}

async function signIn(user: string): Promise<void> {
  const session = await (await fetch(`/sign-in?user=${user}`)).text();
  sessionStorage.setItem('session', session);
  location.reload();
}

function App(): ReactNode {
  const stored = sessionStorage.getItem('session');
  if (stored === null) {
    return (
      <main>
        <h1>Issues</h1>
        {Object.keys(users).map((user) => (
          <button key={user} type="button" onClick={() => void signIn(user)}>
            {user}
          </button>
        ))}
      </main>
    );
  }
  const { sub, token } = JSON.parse(stored) as Session;
  return (
    <ZeroProvider
      schema={schema}
      mutators={mutators}
      cacheURL={import.meta.env['VITE_ZERO_URL'] as string}
      userID={sub}
      auth={token}
      context={{ sub }}
    >
      <Organisations />
    </ZeroProvider>
  );
}

function Organisations(): ReactNode {
  const zero = useZero();
  const [organisations] = useQuery(queries.organisations.list());
  const [chosen, setChosen] = useState<string>();
  const organisation = organisations.find(({ id }) => id === chosen) ?? organisations[0];
  const create = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    const id = uuidv7();
    const args = { id, memberId: uuidv7(), name, memberName: 'Me', at: Date.now() };
    zero.mutate(mutators.organisations.create(args));
    setChosen(id);
  };
  return (
    <main>
      <h1>Issues</h1>
      <nav>
        {organisations.map(({ id, name }) => (
          <button key={id} type="button" onClick={() => setChosen(id)}>
            {name}
          </button>
        ))}
        <form onSubmit={create}>
          <input name="name" placeholder="New organisation" />
        </form>
      </nav>
      {organisation === undefined ? (
        <p>You are in no organisation.</p>
      ) : (
        <Issues key={organisation.id} organisationId={organisation.id} />
      )}
    </main>
  );
}

function Issues({ organisationId }: { readonly organisationId: string }): ReactNode {
  const zero = useZero();
  const [issues] = useQuery(queries.issues.list({ organisationId }));
  const [refused, setRefused] = useState<string>();
  const write = async (mutation: {
    readonly client: Promise<{
      readonly type: string;
      readonly error?: { readonly message: string };
    }>;
    readonly server: Promise<{
      readonly type: string;
      readonly error?: { readonly message: string };
    }>;
  }): Promise<void> => {
    const { error } = await mutation.client;
    setRefused(error?.message ?? (await mutation.server).error?.message);
  };
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title'));
    const issue = { id: uuidv7(), organisationId, title, status: 'open', at: Date.now() } as const;
    void write(zero.mutate(mutators.issues.create(issue)));
  };
  const comment = (issueId: string, event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = String(new FormData(event.currentTarget).get('body'));
    const row = { id: uuidv7(), issueId, body, at: Date.now() };
    void write(zero.mutate(mutators.comments.create(row)));
  };
  return (
    <section>
      <form onSubmit={add}>
        <input name="title" placeholder="New issue" />
        <button type="submit">Add</button>
      </form>
      {refused !== undefined && <p role="alert">{refused}</p>}
      <ul>
        {issues.map(({ id, title, status, comments }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={status === 'done'}
                onChange={({ currentTarget: { checked } }) => {
                  const change = { id, status: checked ? 'done' : 'open', at: Date.now() } as const;
                  void write(zero.mutate(mutators.issues.update(change)));
                }}
              />
              {title}
            </label>
            <button
              type="button"
              onClick={() => void write(zero.mutate(mutators.issues.remove({ id })))}
            >
              Delete
            </button>
            <ul>
              {comments.map((one) => (
                <li key={one.id}>{one.body}</li>
              ))}
            </ul>
            <form onSubmit={(event) => comment(id, event)}>
              <input name="body" placeholder="Comment" />
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App />);
