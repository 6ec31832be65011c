import { useQuery } from '@rocicorp/zero/react';
import { queries } from '@techgarden/schema/garden/zero';
import { useState, type ReactNode } from 'react';
import { packageHref } from '../router/routes.ts';

const PAGE_SIZE = 20;
const PAGES_MAX = 10;

/** Dependents of a package, each once, with the version from its newest dependency row. */
export function DependentList({ packageId }: { readonly packageId: string }): ReactNode {
  const [pages, setPages] = useState(1);
  const limit = pages * PAGE_SIZE;
  const [rows, details] = useQuery(queries.packages.dependents({ packageId, limit }));
  const known = new Map(
    rows.flatMap(({ package: one, version }) => (one ? [[one.id, { one, version }] as const] : [])),
  );
  return (
    <section aria-labelledby="needed-by">
      <h2 id="needed-by">Dependents</h2>
      {known.size === 0 && (
        <p className="quiet-text">
          {details.type === 'complete' ? 'No dependents in the garden.' : 'Loading …'}
        </p>
      )}
      <ul className="needs">
        {[...known.values()].map(({ one, version }) => (
          <li key={one.id}>
            <a href={packageHref(one.registry, one.name)}>{one.name}</a>
            {version && <code>{version.version}</code>}
          </li>
        ))}
      </ul>
      {rows.length === limit && pages < PAGES_MAX && (
        <button type="button" className="button quiet small" onClick={() => setPages(pages + 1)}>
          Show more
        </button>
      )}
    </section>
  );
}
