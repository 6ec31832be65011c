import type { SyncedPackage, SyncedPackageVersion } from '@techgarden/schema/garden/zero';
import { useState, type ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { packageHref } from '../router/routes.ts';

interface Props {
  readonly found: SyncedPackage & { readonly versions: readonly SyncedPackageVersion[] };
  readonly latest: SyncedPackageVersion | undefined;
  readonly shown: SyncedPackageVersion | undefined;
}

const FIRST = 10;

/** Versions, newest first. Selecting one shows its dependencies. */
export function VersionList({ found, latest, shown }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { versions, registry, name } = found;
  const listed = versions.filter((one, at) => isOpen || at < FIRST || one === shown);
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <ol className="versions">
        {listed.map((one) => (
          <li key={one.id} data-yanked={one.yankedAt !== null || undefined}>
            <a
              href={packageHref(registry, name, one === latest ? undefined : one.version)}
              aria-current={one === shown ? 'true' : undefined}
            >
              {one.version}
            </a>
            {one === latest && <span className="badge good">latest</span>}
            {one.isPrerelease && <span className="badge">prerelease</span>}
            {one.yankedAt !== null && <span className="badge bad">yanked</span>}
            {one.publishedAt !== null && (
              <span className="quiet-text">
                <Moment at={one.publishedAt} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {listed.length < versions.length && (
        <button type="button" className="button quiet small" onClick={() => setOpen(true)}>
          Show all {versions.length}
        </button>
      )}
    </section>
  );
}
