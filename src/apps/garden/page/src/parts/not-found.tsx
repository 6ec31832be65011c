import { useRef, type ReactNode } from 'react';
import { useArrival } from '../router/use-arrival.ts';

/** Page for an unknown address. */
export function NotFound(): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival('Page not found', heading);
  return (
    <section className="empty">
      <h1 ref={heading} tabIndex={-1}>
        Page not found
      </h1>
      <p>
        <a href="/">All packages</a>
      </p>
    </section>
  );
}
