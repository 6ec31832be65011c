import type { ReactNode } from 'react';

interface Props {
  readonly details: {
    readonly type: string;
    readonly error?: { readonly message: string };
    readonly retry?: () => void;
  };
}

/** Error message for a query that the server refused. */
export function QueryFailure({ details }: Props): ReactNode {
  if (details.type !== 'error') return null;
  return (
    <p role="alert" className="failure">
      Loading failed: {details.error?.message ?? 'unknown error'}{' '}
      <button type="button" className="button small" onClick={details.retry}>
        Try again
      </button>
    </p>
  );
}
