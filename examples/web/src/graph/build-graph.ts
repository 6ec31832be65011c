import type { NeedRow, PackageRef } from './graph-rows.ts';

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** Where the garden has it. */
  readonly target: PackageRef | undefined;
  /** Its distance from the package: 0 is itself, -1 what needs it. */
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
  /** What was found and left out, because nobody could read it any more. */
  readonly left: number;
}

const NODES_MAX = 48;
const DEPENDENTS_MAX = 8;

/**
 * The nearest of what a package needs, and of what needs it. Each package is one node,
 * as near as it is found, so that a circle ends.
 */
export function buildGraph(
  self: PackageRef,
  needs: readonly NeedRow[],
  dependents: readonly PackageRef[],
): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  let left = 0;
  const plant = (node: GraphNode, max: number): boolean => {
    if (nodes.has(node.id)) return true;
    if (nodes.size >= max) {
      left += 1;
      return false;
    }
    nodes.set(node.id, node);
    return true;
  };
  const join = (edge: GraphEdge): void => void edges.set(`${edge.from} ${edge.to}`, edge);

  const root = idOf(self, self.name);
  plant({ id: root, name: self.name, target: self, level: 0 }, 1);
  let level = needs.map((row) => ({ from: root, row }));
  for (let distance = 1; level.length > 0; distance += 1) {
    const next: typeof level = [];
    for (const { from, row } of level) {
      const target = row.dependencyPackage;
      const id = idOf(target, row.dependencyName);
      const isNew = !nodes.has(id);
      const node = { id, name: row.dependencyName, target, level: distance };
      if (!plant(node, NODES_MAX)) continue;
      if (id !== from) join({ from, to: id, isPeer: row.dependencyType === 'peer' });
      if (!isNew) continue;
      const further = row.resolvedPackageVersion?.dependencies ?? [];
      next.push(...further.map((one) => ({ from: id, row: one })));
    }
    level = next;
  }

  const shown = nodes.size;
  for (const target of dependents) {
    const id = idOf(target, target.name);
    const known = nodes.get(id);
    // What it needs may need it too: that one keeps its place.
    if (!known && !plant({ id, name: target.name, target, level: -1 }, shown + DEPENDENTS_MAX)) {
      continue;
    }
    if (id !== root) join({ from: id, to: root, isPeer: false });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], left };
}

const idOf = (target: PackageRef | undefined, name: string): string =>
  target ? `${target.registry}/${target.name}` : `?/${name}`;
