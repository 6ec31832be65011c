import { useRef, type ReactNode } from 'react';
import { useArrival } from '../router/use-arrival.ts';

/** For an address that leads nowhere. */
export function Lost(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival('Nothing here', heading);
  return (
    <section className="empty">
      <h1 ref={heading} tabIndex={-1}>
        Nothing grows here
      </h1>
      <p>
        <a href="/">All packages</a>
      </p>
    </section>
  );
}
