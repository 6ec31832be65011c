import { registries, type Registry } from '@techgarden/schema';
import { useState, type FormEvent, type ReactNode } from 'react';
import { navigate } from '../router/location.ts';
import { useAsk } from './use-ask.ts';

interface Props {
  readonly name: string;
  readonly registry: Registry | undefined;
}

/** A form that requests a package and then opens the list of requests. */
export function AskForPackage({ name, registry }: Props): ReactNode {
  const ask = useAsk();
  const [typed, setTyped] = useState<string>();
  const [chosen, setChosen] = useState<Registry>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = (typed ?? name).trim();
    if (wanted === '' || !ask(chosen ?? registry ?? 'npm', wanted)) return;
    setTyped('');
    navigate('/requests');
  };
  return (
    <form className="ask" onSubmit={submit} aria-label="Request a package">
      <label className="field">
        <span>Registry</span>
        <select
          value={chosen ?? registry ?? 'npm'}
          onChange={({ target }) => setChosen(registries.find((one) => one === target.value))}
        >
          {registries.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label className="field grow">
        <span>Package</span>
        <input
          value={typed ?? name}
          onChange={({ target }) => setTyped(target.value)}
          required
          maxLength={256}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="full name"
        />
      </label>
      <button type="submit" className="button primary">
        Request it
      </button>
    </form>
  );
}
