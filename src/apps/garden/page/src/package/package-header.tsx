import { useZero } from '@rocicorp/zero/react';
import {
  mutators,
  type SyncedPackage,
  type SyncedPackageVersion,
} from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { useSession } from '../session/use-session.ts';
import { useWrite } from '../zero/use-write.ts';
import { shownLink, webLink } from './web-link.ts';

interface Props {
  readonly found: SyncedPackage;
  readonly title: ReactNode;
  readonly version: SyncedPackageVersion | undefined;
}

/** Title, description and links of a package. */
export function PackageHeader({ found, title, version }: Props): ReactNode {
  const { isAdmin } = useSession();
  const links = [webLink(found.homepage), webLink(found.repository)].filter(
    (href, at, all) => href !== undefined && all.indexOf(href) === at,
  );
  return (
    <header className="package-header">
      <div className="package-title">
        {title}
        <span className="badge registry">{found.registry}</span>
        {version && <span className="version">{version.version}</span>}
        {isAdmin && <Deletion found={found} />}
      </div>
      {found.deletedAt !== null && (
        <p className="failure">
          Deleted <Moment at={found.deletedAt} />. Only admins see it.
        </p>
      )}
      {found.description && <p className="lead">{found.description}</p>}
      <p className="links">
        {links.map((href) => (
          <a key={href} href={href} rel="noreferrer" target="_blank">
            {shownLink(href ?? '')}
          </a>
        ))}
        {found.lastFetchSuccess !== null && (
          <span className="quiet-text">
            fetched <Moment at={found.lastFetchSuccess} />
          </span>
        )}
      </p>
    </header>
  );
}

function Deletion({
  found: { id, name, deletedAt },
}: {
  readonly found: SyncedPackage;
}): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const args = (): { id: string; at: number } => ({ id, at: Date.now() });
  return deletedAt === null ? (
    <button
      type="button"
      className="button small danger"
      onClick={() => write(`Delete ${name}`, zero.mutate(mutators.packages.remove(args())))}
    >
      Delete
    </button>
  ) : (
    <button
      type="button"
      className="button small"
      onClick={() => write(`Restore ${name}`, zero.mutate(mutators.packages.restore(args())))}
    >
      Restore
    </button>
  );
}
