import type { ReactNode } from 'react';

/** The logo. */
export function Leaf(): ReactNode {
  return (
    <svg className="leaf" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <path
        fill="currentColor"
        d="M27 4C14 4 6 9 6 19c0 2 .4 3.600 1.100 5C9.500 17 14 12.500 20.500 10 14.500 14 10.500 19 8 28h2.600c.5-1.700 1-3.100 1.700-4.500 1 .3 2.100.5 3.200.5C24.500 24 27 15 27 4z"
      />
    </svg>
  );
}
