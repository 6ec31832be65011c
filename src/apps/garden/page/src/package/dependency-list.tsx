import { useQuery } from '@rocicorp/zero/react';
import {
  queries,
  type SyncedPackage,
  type SyncedPackageDependency,
  type SyncedPackageVersion,
} from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { packageHref } from '../router/routes.ts';

const TYPES = [
  ['runtime', 'Required at runtime'],
  ['peer', 'Provided by the project'],
  ['optional', 'Optional'],
  ['dev', 'For development'],
] as const;

/** Dependencies of a version by type. The graph shows the same information. */
export function DependencyList({ version }: { readonly version: SyncedPackageVersion }): ReactNode {
  const [rows, details] = useQuery(queries.packages.dependencies({ versionId: version.id }));
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">Dependencies</h2>
      {rows.length === 0 && (
        <p className="quiet-text">
          {details.type === 'complete' ? `${version.version} has no dependencies.` : 'Loading …'}
        </p>
      )}
      {TYPES.map(([type, title]) => {
        const some = rows.filter(({ dependencyType }) => dependencyType === type);
        return (
          some.length > 0 && (
            <div key={type}>
              <h3>
                {title} <span className="quiet-text">{type}</span>
              </h3>
              <ul className="needs">
                {some.map((row) => (
                  <Need key={row.id} row={row} />
                ))}
              </ul>
            </div>
          )
        );
      })}
    </section>
  );
}

type Row = SyncedPackageDependency & { readonly dependencyPackage: SyncedPackage | undefined };

function Need({ row }: { readonly row: Row }): ReactNode {
  const { dependencyName, dependencyPackage, dependencyVersionRange, resolvedVersion } = row;
  return (
    <li>
      {dependencyPackage ? (
        <a href={packageHref(dependencyPackage.registry, dependencyPackage.name)}>
          {dependencyName}
        </a>
      ) : (
        <span>{dependencyName}</span>
      )}
      <code>{dependencyVersionRange}</code>
      <span className="quiet-text">
        {row.resolution === 'registry' ? `resolved to ${resolvedVersion}` : row.resolution}
      </span>
    </li>
  );
}
