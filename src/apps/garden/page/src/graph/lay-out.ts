import type { Graph, GraphEdge, GraphNode } from './build-graph.ts';
import { orderLevels } from './order-levels.ts';

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface PlacedEdge extends GraphEdge {
  readonly path: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const NODE_HEIGHT = 30;
const GAP = 10;
const BETWEEN = 44;
const NARROWEST = 112;
const WIDEST = 200;
/** Space for the focus ring. */
const RIM = 4;

/** Lays out a graph in columns on a wide screen, and in rows on a narrow one. */
export function layOut(graph: Graph, width: number): Drawing {
  const levels = orderLevels(graph);
  const column = Math.min(
    (width - 2 * RIM - BETWEEN * (levels.length - 1)) / Math.max(levels.length, 1),
    WIDEST,
  );
  const isWide = column >= NARROWEST;
  const { nodes, height } = isWide ? inColumns(levels, column, width) : inRows(levels, width);
  const placed = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph.edges.flatMap((edge) => {
    const from = placed.get(edge.from);
    const to = placed.get(edge.to);
    return from && to ? [{ ...edge, path: (isWide ? across : down)(from, to) }] : [];
  });
  return { width, height, nodes, edges };
}

type Levels = readonly (readonly GraphNode[])[];
type Placed = { readonly nodes: readonly PlacedNode[]; readonly height: number };

function inColumns(levels: Levels, column: number, width: number): Placed {
  const step = NODE_HEIGHT + GAP;
  const longest = Math.max(...levels.map((level) => level.length), 1);
  const height = longest * step - GAP + 2 * RIM;
  const used = levels.length * column + (levels.length - 1) * BETWEEN;
  const start = (width - used) / 2;
  const nodes = levels.flatMap((level, at) => {
    const top = (height - (level.length * step - GAP)) / 2;
    return level.map((node, row) => ({
      ...node,
      x: start + at * (column + BETWEEN),
      y: top + row * step,
      width: column,
    }));
  });
  return { nodes, height };
}

function inRows(levels: Levels, width: number): Placed {
  const nodes: PlacedNode[] = [];
  let y = RIM;
  for (const level of levels) {
    const perRow = Math.min(level.length, Math.max(Math.floor((width - 2 * RIM) / 130), 1));
    const room = (width - 2 * RIM - GAP * (perRow - 1)) / perRow;
    const own = Math.min(room, WIDEST);
    level.forEach((node, at) => {
      const inRow = Math.min(perRow, level.length - at + (at % perRow));
      const used = inRow * own + (inRow - 1) * GAP;
      nodes.push({
        ...node,
        x: (width - used) / 2 + (at % perRow) * (own + GAP),
        y: y + Math.floor(at / perRow) * (NODE_HEIGHT + GAP),
        width: own,
      });
    });
    y += Math.ceil(level.length / perRow) * (NODE_HEIGHT + GAP) - GAP + BETWEEN;
  }
  return { nodes, height: y - BETWEEN + RIM };
}

/** A cubic Bézier curve between two points with the given control offsets. */
const curve = (
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  [dx1, dy1]: readonly [number, number],
  [dx2, dy2]: readonly [number, number],
): string => `M${x1} ${y1} C${x1 + dx1} ${y1 + dy1} ${x2 + dx2} ${y2 + dy2} ${x2} ${y2}`;

/**
 * An edge between columns, in either direction. Within one column it bends around the nodes in
 * between.
 */
function across(from: PlacedNode, to: PlacedNode): string {
  const half = NODE_HEIGHT / 2;
  const right = ({ x, y, width }: PlacedNode) => [x + width, y + half] as const;
  const left = ({ x, y }: PlacedNode) => [x, y + half] as const;
  if (to.x > from.x) {
    const bend = (to.x - from.x - from.width) / 2;
    return curve(right(from), left(to), [bend, 0], [-bend, 0]);
  }
  if (to.x === from.x) return curve(right(from), right(to), [BETWEEN, 0], [BETWEEN, 0]);
  const bend = (from.x - to.x - to.width) / 2;
  return curve(left(from), right(to), [-bend, 0], [bend, 0]);
}

/** An edge between rows, in either direction. Within one row it bends over the nodes in between. */
function down(from: PlacedNode, to: PlacedNode): string {
  const top = ({ x, y, width }: PlacedNode) => [x + width / 2, y] as const;
  const bottom = ({ x, y, width }: PlacedNode) => [x + width / 2, y + NODE_HEIGHT] as const;
  if (to.y > from.y) {
    const bend = (to.y - from.y - NODE_HEIGHT) / 2;
    return curve(bottom(from), top(to), [0, bend], [0, -bend]);
  }
  const bend = BETWEEN / 2;
  if (to.y === from.y) return curve(top(from), top(to), [0, -bend], [0, -bend]);
  return curve(top(from), bottom(to), [0, -bend], [0, bend]);
}
