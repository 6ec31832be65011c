import { useQuery } from '@rocicorp/zero/react';
import type { Registry } from '@techgarden/schema';
import { queries } from '@techgarden/schema/garden/zero';
import { useRef, type ReactNode } from 'react';
import { GraphFigure } from '../graph/graph-figure.tsx';
import { QueryFailure } from '../parts/query-failure.tsx';
import { useLocation } from '../router/location.ts';
import { useArrival } from '../router/use-arrival.ts';
import { DependencyList } from './dependency-list.tsx';
import { DependentList } from './dependent-list.tsx';
import { PackageAbsent } from './package-absent.tsx';
import { PackageHeader } from './package-header.tsx';
import { PackageTags } from './package-tags.tsx';
import { RequestState } from './request-state.tsx';
import { VersionList } from './version-list.tsx';

interface Props {
  readonly registry: Registry;
  readonly name: string;
}

/** The page of a package. */
export function PackagePage({ registry, name }: Props): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const [found, details] = useQuery(queries.packages.page({ registry, name }));
  const wanted = useLocation().searchParams.get('version');
  useArrival(name, heading);

  const title = (
    <h1 ref={heading} tabIndex={-1}>
      {name}
    </h1>
  );
  if (!found) {
    return (
      <div className="narrow">
        {title}
        <QueryFailure details={details} />
        {details.type === 'complete' && <PackageAbsent registry={registry} name={name} />}
      </div>
    );
  }
  const stable = found.versions.find((one) => !one.isPrerelease && one.yankedAt === null);
  const latest = stable ?? found.versions[0];
  const version = found.versions.find((one) => one.version === wanted) ?? latest;
  return (
    <article className="package">
      <PackageHeader found={found} title={title} version={version} />
      <div className="package-bar">
        <PackageTags packageId={found.id} name={name} assignments={found.tagAssignments} />
        <RequestState registry={registry} name={name} />
      </div>
      {version && <GraphFigure found={found} version={version} />}
      <div className="package-main">
        {version && <DependencyList version={version} />}
        <DependentList packageId={found.id} />
      </div>
      <div className="package-side">
        <VersionList found={found} latest={latest} shown={version} />
      </div>
    </article>
  );
}
