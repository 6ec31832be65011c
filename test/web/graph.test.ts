import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../src/apps/garden/page/src/graph/build-graph.ts';
import type { NeedRow } from '../../src/apps/garden/page/src/graph/graph-rows.ts';
import { layOut, NODE_HEIGHT } from '../../src/apps/garden/page/src/graph/lay-out.ts';

const self = { registry: 'npm', name: 'self' };
const ref = fc.record({
  registry: fc.constantFrom('npm', 'jsr'),
  name: fc.constantFrom('self', ...'abcdefghijklmnopqrstuvwxyz'),
});
const rows = fc.letrec<{ rows: NeedRow[]; row: NeedRow }>((tie) => ({
  rows: fc.array(tie('row'), { maxLength: 20, depthIdentifier: 'level' }),
  row: fc
    .record({
      target: fc.option(ref, { nil: undefined }),
      name: fc.string({ minLength: 1, maxLength: 30 }),
      dependencyType: fc.constantFrom('runtime', 'peer', 'optional'),
      dependencies: fc.oneof(
        { depthSize: 'small', depthIdentifier: 'level' },
        fc.constant([]),
        tie('rows'),
      ),
    })
    .map(({ target, name, dependencyType, dependencies }) => ({
      dependencyName: target?.name ?? name,
      dependencyType,
      dependencyPackage: target,
      resolvedPackageVersion: { dependencies },
    })),
})).rows;

test('any graph, also with cycles, is drawn within its area, without overlaps, and deterministically', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(ref, { maxLength: 20 }),
      fc.integer({ min: 260, max: 1200 }),
      (needs, dependents, width) => {
        const graph = buildGraph(self, needs, dependents);
        const drawing = layOut(graph, width);
        expect(layOut(buildGraph(self, needs, dependents), width)).toEqual(drawing);
        const ids = new Set(drawing.nodes.map(({ id }) => id));
        expect(ids.size).toBe(drawing.nodes.length);
        expect(drawing.nodes.filter(({ level }) => level === 0)).toHaveLength(1);
        expect(drawing.edges).toHaveLength(graph.edges.length);
        for (const { from, to, path } of drawing.edges) {
          expect(from).not.toBe(to);
          expect(ids.has(from) && ids.has(to)).toBe(true);
          expect(path).not.toContain('NaN');
        }
        const outside = drawing.nodes.filter(
          ({ x, y, width: own }) =>
            x < 0 || y < 0 || x + own > width + 0.01 || y + NODE_HEIGHT > drawing.height,
        );
        expect(outside).toEqual([]);
        const overlaps = drawing.nodes.flatMap((node, at) =>
          drawing.nodes
            .slice(at + 1)
            .filter(
              (other) =>
                Math.abs(other.y - node.y) < NODE_HEIGHT &&
                other.x < node.x + node.width &&
                node.x < other.x + other.width,
            )
            .map((other) => [node.name, other.name]),
        );
        expect(overlaps).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

test('a package is at its shortest distance, and omitted packages are counted once', () => {
  const need = (name: string, dependencies: readonly NeedRow[] = []): NeedRow => ({
    dependencyName: name,
    dependencyType: 'runtime',
    dependencyPackage: { registry: 'npm', name },
    resolvedPackageVersion: { dependencies },
  });
  const levels = (graph: ReturnType<typeof buildGraph>): object =>
    Object.fromEntries(graph.nodes.map(({ name, level }) => [name, level]));
  const near = buildGraph(
    self,
    [need('a', [need('b'), need('self')]), need('b')],
    [
      { registry: 'npm', name: 'b' },
      { registry: 'npm', name: 'user' },
    ],
  );
  expect(levels(near)).toEqual({ self: 0, a: 1, b: 1, user: -1 });
  expect(near.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'npm/self npm/a',
    'npm/self npm/b',
    'npm/a npm/b',
    'npm/a npm/self',
    'npm/b npm/self',
    'npm/user npm/self',
  ]);
  const many = Array.from({ length: 15 }, (_, at) => need(`n${at}`, [need('n14')]));
  const cut = buildGraph(self, many, []);
  expect(cut.nodes).toHaveLength(1 + 12 + 1);
  expect(cut.left).toBe(2);
});
