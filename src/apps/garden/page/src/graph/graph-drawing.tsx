import { useState, type ReactNode } from 'react';
import { packageHref } from '../router/routes.ts';
import { NODE_HEIGHT, type Drawing, type PlacedNode } from './lay-out.ts';

interface Props {
  readonly drawing: Drawing;
  readonly label: string;
}

/** A graph drawing. Nodes are links, and the active node highlights its edges. */
export function GraphDrawing({ drawing, label }: Props): ReactNode {
  const { width, height, nodes, edges } = drawing;
  const [active, setActive] = useState<string>();
  return (
    <svg
      className="graph"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={label}
      data-active={active === undefined ? undefined : true}
    >
      <g aria-hidden="true">
        {edges.map(({ from, to, path, isPeer }) => (
          <path
            key={`${from} ${to}`}
            d={path}
            className="edge"
            data-peer={isPeer || undefined}
            data-active={from === active || to === active || undefined}
          />
        ))}
      </g>
      {nodes.map((node) => (
        <Node key={node.id} node={node} onActive={setActive} />
      ))}
    </svg>
  );
}

interface NodeProps {
  readonly node: PlacedNode;
  readonly onActive: (id: string | undefined) => void;
}

/** Approximate width of a letter. */
const LETTER = 7.4;

function Node({ node, onActive }: NodeProps): ReactNode {
  const { id, name, target, level, x, y, width } = node;
  const letters = Math.floor((width - 20) / LETTER);
  const shown = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
  const drawn = (
    <>
      <title>{name}</title>
      <rect x={x} y={y} width={width} height={NODE_HEIGHT} rx={NODE_HEIGHT / 2} />
      <text x={x + width / 2} y={y + NODE_HEIGHT / 2} dy="0.35em" textAnchor="middle">
        {shown}
      </text>
    </>
  );
  const watch = {
    onPointerEnter: () => onActive(id),
    onPointerLeave: () => onActive(undefined),
    onFocus: () => onActive(id),
    onBlur: () => onActive(undefined),
  };
  return target && level !== 0 ? (
    <a
      href={packageHref(target.registry, target.name)}
      aria-label={`${name}, ${level < 0 ? 'needs it' : `needed, ${level} away`}`}
      className="node"
      {...watch}
    >
      {drawn}
    </a>
  ) : (
    <g
      className="node"
      data-self={level === 0 || undefined}
      data-absent={!target || undefined}
      {...watch}
    >
      {drawn}
    </g>
  );
}
