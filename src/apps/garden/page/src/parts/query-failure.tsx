import type { ReactNode } from 'react';

interface Props {
  readonly details: {
    readonly type: string;
    readonly error?: { readonly message: string };
    readonly retry?: () => void;
  };
}

/** Why rows are not there, where the server refused the query. */
export function QueryFailure({ details }: Props): ReactNode {
  if (details.type !== 'error') return null;
  return (
    <p role="alert" className="failure">
      This could not be read: {details.error?.message ?? 'for a reason that nobody gave'}{' '}
      <button type="button" className="button small" onClick={details.retry}>
        Try again
      </button>
    </p>
  );
}
