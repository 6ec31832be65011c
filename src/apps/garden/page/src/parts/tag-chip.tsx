import type { SyncedTag } from '@techgarden/schema/garden/zero';
import type { CSSProperties, ReactNode } from 'react';

/** A tag's colour as a CSS variable. */
export const tagColor = ({ color }: Pick<SyncedTag, 'color'>): CSSProperties =>
  ({ '--tag': color ?? 'var(--accent)' }) as CSSProperties;

/** A tag without actions. */
export function TagChip({ tag }: { readonly tag: Pick<SyncedTag, 'name' | 'color'> }): ReactNode {
  return (
    <span className="tag" style={tagColor(tag)}>
      {tag.name}
    </span>
  );
}
