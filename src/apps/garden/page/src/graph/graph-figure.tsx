import { useQuery } from '@rocicorp/zero/react';
import {
  queries,
  type SyncedPackage,
  type SyncedPackageVersion,
} from '@techgarden/schema/garden/zero';
import { useMemo, type ReactNode } from 'react';
import { buildGraph } from './build-graph.ts';
import { GraphDrawing } from './graph-drawing.tsx';
import { layOut } from './lay-out.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly found: SyncedPackage;
  readonly version: SyncedPackageVersion;
}

/** Dependency graph of a version. The lists below contain the same information as text. */
export function GraphFigure({ found, version }: Props): ReactNode {
  const [box, width] = useWidth();
  const [needs] = useQuery(queries.packages.graph({ versionId: version.id }));
  const [dependents] = useQuery(queries.packages.dependents({ packageId: found.id, limit: 20 }));
  const { registry, name } = found;
  const graph = useMemo(
    () =>
      buildGraph(
        { registry, name },
        needs,
        dependents.flatMap((row) => (row.package ? [row.package] : [])),
      ),
    [registry, name, needs, dependents],
  );
  const drawing = useMemo(() => layOut(graph, width), [graph, width]);
  return (
    <section aria-labelledby="around" className="around">
      <h2 id="around">Dependency graph</h2>
      <figure>
        <div ref={box} className="graph-box">
          {width > 0 && <GraphDrawing drawing={drawing} label={`Dependency graph of ${name}`} />}
        </div>
        <figcaption className="quiet-text">
          {graph.nodes.length === 1
            ? 'It has no dependencies and no dependents in the garden.'
            : 'Dependents, dependencies, and their dependencies. Dashed lines are peer dependencies.'}
          {graph.left > 0 && ` ${graph.left} more are not shown.`}
        </figcaption>
      </figure>
    </section>
  );
}
