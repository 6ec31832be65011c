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
/** Room for the ring of what has the focus. */
const RIM = 4;

/** Lays a graph out in columns where there is room for them, and in rows on a phone. */
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

/** From the right side of one node to the left side of the other; around, where that lies behind. */
function across(from: PlacedNode, to: PlacedNode): string {
  const half = NODE_HEIGHT / 2;
  const [x1, y1] = [from.x + from.width, from.y + half];
  const [x2, y2] = [to.x, to.y + half];
  const bend = x2 > x1 ? (x2 - x1) / 2 : BETWEEN / 1.5;
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** From the bottom of one node to the top of the other. */
function down(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + from.width / 2, from.y + NODE_HEIGHT];
  const [x2, y2] = [to.x + to.width / 2, to.y];
  const bend = y2 > y1 ? (y2 - y1) / 2 : BETWEEN / 1.5;
  return `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
