import type { NeedRow, PackageRef } from './graph-rows.ts';

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** The stored package, if any. */
  readonly target: PackageRef | undefined;
  /** Distance from the package: 0 for itself, -1 for dependents. */
  readonly level: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly isPeer: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Number of packages left out for readability. */
  readonly left: number;
}

/** Maximum number of nodes per level. More would be unreadable. */
const LEVEL_MAX = 12;
const DEPENDENTS_MAX = 8;

/**
 * The nearest dependencies and dependents of a package. Each package is one node at its shortest
 * distance, so cycles end.
 */
export function buildGraph(
  self: PackageRef,
  needs: readonly NeedRow[],
  dependents: readonly PackageRef[],
): Graph {
  const root = idOf(self, self.name);
  const nodes = new Map<string, GraphNode>([
    [root, { id: root, name: self.name, target: self, level: 0 }],
  ]);
  const edges = new Map<string, GraphEdge>();
  const left = new Set<string>();
  const counts = new Map<number, number>();
  /**
   * Adds a node unless the level is full. Returns whether the graph contains it, at this or another
   * level.
   */
  const addNode = (node: GraphNode, max: number): boolean => {
    if (nodes.has(node.id)) return true;
    const count = counts.get(node.level) ?? 0;
    if (count >= max) {
      left.add(node.id);
      return false;
    }
    counts.set(node.level, count + 1);
    nodes.set(node.id, node);
    return true;
  };
  const join = (edge: GraphEdge): void => void edges.set(`${edge.from} ${edge.to}`, edge);

  let level = needs.map((row) => ({ from: root, row }));
  for (let distance = 1; level.length > 0; distance += 1) {
    const next: typeof level = [];
    for (const { from, row } of level.toSorted((a, b) => weight(a.row) - weight(b.row))) {
      const target = row.dependencyPackage;
      const id = idOf(target, row.dependencyName);
      const isNew = !nodes.has(id);
      const node = { id, name: row.dependencyName, target, level: distance };
      if (!addNode(node, LEVEL_MAX)) continue;
      if (id !== from) join({ from, to: id, isPeer: row.dependencyType === 'peer' });
      if (!isNew) continue;
      const further = row.resolvedPackageVersion?.dependencies ?? [];
      next.push(...further.map((one) => ({ from: id, row: one })));
    }
    level = next;
  }

  for (const target of dependents) {
    const id = idOf(target, target.name);
    // A dependent that is also a dependency keeps its node.
    if (!addNode({ id, name: target.name, target, level: -1 }, DEPENDENTS_MAX)) continue;
    if (id !== root) join({ from: id, to: root, isPeer: false });
  }
  const undrawn = [...left].filter((id) => !nodes.has(id));
  return { nodes: [...nodes.values()], edges: [...edges.values()], left: undrawn.length };
}

/** Sort order: runtime dependencies and stored packages first. */
const weight = ({ dependencyType, dependencyPackage }: NeedRow): number =>
  (dependencyPackage ? 0 : 4) + ['runtime', 'peer', 'optional'].indexOf(dependencyType);

const idOf = (target: PackageRef | undefined, name: string): string =>
  target ? `${target.registry}/${target.name}` : `?/${name}`;
