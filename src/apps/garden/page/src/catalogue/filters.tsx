import { useQuery } from '@rocicorp/zero/react';
import { registries } from '@techgarden/schema';
import { queries } from '@techgarden/schema/garden/zero';
import { useState, type ReactNode } from 'react';
import { tagColor } from '../parts/tag-chip.tsx';
import { sorts, type Search, type Sort } from './use-search.ts';

interface Props {
  readonly search: Search;
  readonly onChange: (change: Partial<Search>) => void;
}

/** Number of tags to show before the list is expanded. */
const FEW = 8;

const SORT_NAMES: Readonly<Record<Sort, string>> = {
  name: 'Name',
  newest: 'Newest',
  updated: 'Last updated',
};

/** Filters a search by registry and tags, and sets its order. */
export function Filters({ search, onChange }: Props): ReactNode {
  const [tags] = useQuery(queries.tags.list({ limit: 100 }));
  const [isOpen, setOpen] = useState(false);
  const shown = tags.filter(({ slug }, at) => isOpen || at < FEW || search.tags.includes(slug));
  const toggle = (slug: string): void => {
    const isOn = search.tags.includes(slug);
    onChange({
      tags: isOn ? search.tags.filter((one) => one !== slug) : [...search.tags, slug].slice(-10),
    });
  };
  return (
    <div className="filters">
      <div className="chips" role="group" aria-label="Registry">
        {registries.map((registry) => (
          <button
            key={registry}
            type="button"
            className="chip"
            aria-pressed={search.registry === registry}
            onClick={() =>
              onChange({ registry: search.registry === registry ? undefined : registry })
            }
          >
            {registry}
          </button>
        ))}
      </div>
      <label className="sort">
        <span>Sort by</span>
        <select
          value={search.sort}
          onChange={({ target }) =>
            onChange({ sort: sorts.find((sort) => sort === target.value) ?? 'name' })
          }
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_NAMES[sort]}
            </option>
          ))}
        </select>
      </label>
      {tags.length > 0 && (
        <div className="chips" role="group" aria-label="Tags">
          {shown.map((tag) => (
            <button
              key={tag.id}
              type="button"
              className="chip dotted"
              style={tagColor(tag)}
              title={tag.description ?? undefined}
              aria-pressed={search.tags.includes(tag.slug)}
              onClick={() => toggle(tag.slug)}
            >
              {tag.name}
            </button>
          ))}
          {tags.length > FEW && (
            <button
              type="button"
              className="chip quiet"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Fewer tags' : `All ${tags.length} tags`}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
