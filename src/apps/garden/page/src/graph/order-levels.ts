import type { Graph, GraphNode } from './build-graph.ts';

/**
 * The levels of a graph from left to right. Within a level, nodes are ordered to reduce edge
 * crossings: by the average position of their neighbours in earlier levels, and then by id. The
 * result is deterministic.
 */
export function orderLevels({ nodes, edges }: Graph): readonly (readonly GraphNode[])[] {
  const numbers = [...new Set(nodes.map(({ level }) => level))].toSorted((a, b) => a - b);
  const places = new Map<string, number>();
  return numbers.map((number) => {
    const pull = (node: GraphNode): number => {
      const near = edges.flatMap(({ from, to }) => {
        const other = from === node.id ? to : to === node.id ? from : undefined;
        const place = other === undefined ? undefined : places.get(other);
        return place === undefined ? [] : [place];
      });
      return near.length === 0 ? 0.5 : near.reduce((sum, one) => sum + one, 0) / near.length;
    };
    const ordered = nodes
      .filter(({ level }) => level === number)
      .map((node) => ({ node, pull: pull(node) }))
      .toSorted((a, b) => a.pull - b.pull || compare(a.node.id, b.node.id))
      .map(({ node }) => node);
    ordered.forEach(({ id }, at) => places.set(id, (at + 0.5) / ordered.length));
    return ordered;
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
