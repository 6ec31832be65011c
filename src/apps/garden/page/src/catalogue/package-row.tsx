import type { SyncedPackage, SyncedTag } from '@techgarden/schema/garden/zero';
import type { KeyboardEvent, ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { TagChip } from '../parts/tag-chip.tsx';
import { packageHref } from '../router/routes.ts';

interface Props {
  readonly row: SyncedPackage & { readonly tags: readonly SyncedTag[] };
}

/** A package in a list. */
export function PackageRow({ row }: Props): ReactNode {
  return (
    <li className="package-row">
      <a href={packageHref(row.registry, row.name)} onKeyDown={walk}>
        <span className="package-name">{row.name}</span>
        <span className="badge registry">{row.registry}</span>
      </a>
      <p className="description">{row.description}</p>
      <div className="package-foot">
        {row.tags.length > 0 && (
          <span className="package-tags">
            {row.tags.map((tag) => (
              <TagChip key={tag.id} tag={tag} />
            ))}
          </span>
        )}
        <span className="quiet-text">
          updated <Moment at={row.updatedAt} />
        </span>
      </div>
    </li>
  );
}

/** Arrow keys move through the list, and from its first row up to the search field. */
function walk(event: KeyboardEvent<HTMLAnchorElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...document.querySelectorAll<HTMLElement>('.results .package-row > a')];
  const next = links[links.indexOf(event.currentTarget) + step];
  event.preventDefault();
  (next ?? (step < 0 ? document.querySelector<HTMLElement>('.search input') : null))?.focus();
}
