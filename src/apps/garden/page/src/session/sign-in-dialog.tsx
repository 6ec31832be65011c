import { useId, useState, type FormEvent, type ReactNode, type RefObject } from 'react';
import type { Role } from './session.ts';
import { useSession } from './use-session.ts';

const ROLES: readonly { readonly as: Role; readonly label: string; readonly may: string }[] = [
  { as: 'user', label: 'A gardener', may: 'requests and tags packages' },
  { as: 'admin', label: 'An admin', may: 'also manages tags, and deletes and restores packages' },
];

/** Sign-in dialog. It has no password field, because it is for development only. */
export function SignInDialog({
  ref,
}: {
  readonly ref: RefObject<HTMLDialogElement | null>;
}): ReactNode {
  const { signIn } = useSession();
  const [as, setAs] = useState<Role>('user');
  const [failure, setFailure] = useState<string>();
  const title = useId();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name !== 'string' || name.trim() === '') return;
    try {
      await signIn(as, name.trim());
      setFailure(undefined);
      ref.current?.close();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <dialog ref={ref} className="dialog" aria-labelledby={title}>
      <form onSubmit={(event) => void submit(event)} className="stack">
        <h2 id={title}>Sign in</h2>
        <fieldset className="choices">
          <legend>As</legend>
          {ROLES.map((role) => (
            <label key={role.as} className="choice">
              <input
                type="radio"
                name="as"
                value={role.as}
                checked={as === role.as}
                onChange={() => setAs(role.as)}
              />
              <span>
                <strong>{role.label}</strong> <small>{role.may}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>Name</span>
          <input name="name" required maxLength={100} autoComplete="username" />
        </label>
        <p className="note">
          For development only: this identity provider accepts any name and role. The same name is
          always the same user. Use a real provider in production.
        </p>
        {failure !== undefined && (
          <p role="alert" className="failure">
            {failure}
          </p>
        )}
        <div className="row end">
          <button type="button" className="button quiet" onClick={() => ref.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Sign in
          </button>
        </div>
      </form>
    </dialog>
  );
}
