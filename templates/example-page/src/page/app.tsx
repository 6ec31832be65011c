import { useConnectionState, useQuery, useZero, ZeroProvider } from '@rocicorp/zero/react';
import { useEffect, useState, type ReactNode } from 'react';
import { mutators } from '../zero/mutators.ts';
import { queries } from '../zero/queries.ts';
import { schema } from '../zero/zero-schema.gen.ts';
import { CreateOrganisation } from './create-organisation.tsx';
import { Issues } from './issues.tsx';
import { readSession, signIn, signOut } from './session.ts';

const session = readSession();

export function App(): ReactNode {
  if (session === undefined) {
    return (
      <main>
        <h1>Issues</h1>
        <p>Sign in as one of the example users, or as any principal.</p>
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
      <Organisations />
    </ZeroProvider>
  );
}

function Organisations(): ReactNode {
  const [organisations, result] = useQuery(queries.organisations.list());
  const [chosen, setChosen] = useState<string>();
  const organisation = organisations.find(({ id }) => id === chosen) ?? organisations[0];
  return (
    <main>
      <header>
        <h1>Issues</h1>
        <Connection />
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </header>
      <nav aria-label="Organisations">
        {organisations.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === organisation?.id}
            onClick={() => setChosen(id)}
          >
            {name}
          </button>
        ))}
        <CreateOrganisation onCreated={setChosen} />
      </nav>
      {organisation === undefined ? (
        <p>{result.type === 'complete' ? 'You are in no organisation.' : 'Loading …'}</p>
      ) : (
        <Issues key={organisation.id} organisation={organisation} />
      )}
    </main>
  );
}

function Connection(): ReactNode {
  const zero = useZero();
  const state = useConnectionState();
  // In this state, Zero waits for the page to connect again.
  useEffect(() => {
    if (state.name !== 'error') return undefined;
    const timer = setTimeout(() => void zero.connection.connect(), 1000);
    return () => clearTimeout(timer);
  }, [zero, state]);
  return <span role="status">{state.name === 'connected' ? '' : state.name}</span>;
}
