import { useQuery } from '@rocicorp/zero/react';
import { queries } from '@techgarden/schema/garden/zero';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { LoadMore } from '../parts/load-more.tsx';
import { QueryFailure } from '../parts/query-failure.tsx';
import { SignInFirst } from '../parts/sign-in-first.tsx';
import { useArrival } from '../router/use-arrival.ts';
import { useSession } from '../session/use-session.ts';
import { AskForPackage } from './ask-for-package.tsx';
import { RequestItem } from './request-item.tsx';

const PAGE_SIZE = 25;

/** The user's requests, updated live. */
export function RequestsPage(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { session } = useSession();
  useArrival('My requests', heading);
  return (
    <div className="narrow">
      <h1 ref={heading} tabIndex={-1}>
        My requests
      </h1>
      {session ? (
        <>
          <AskForPackage name="" registry={undefined} />
          <MyRequests />
        </>
      ) : (
        <SignInFirst>Sign in to see your requests.</SignInFirst>
      )}
    </div>
  );
}

function MyRequests(): ReactNode {
  const [limit, setLimit] = useState(PAGE_SIZE);
  const [requests, details] = useQuery(queries.requests.mine({ limit }));
  const more = useCallback(() => setLimit((last) => Math.min(last + PAGE_SIZE, 200)), []);
  if (details.type === 'complete' && requests.length === 0) {
    return <p className="empty">You have no requests yet.</p>;
  }
  return (
    <>
      <QueryFailure details={details} />
      <ul className="cards" aria-label="Requests" aria-live="polite" aria-relevant="additions text">
        {requests.map((request) => (
          <RequestItem key={request.id} request={request} />
        ))}
      </ul>
      {requests.length === limit && limit < 200 && <LoadMore onMore={more} />}
    </>
  );
}
