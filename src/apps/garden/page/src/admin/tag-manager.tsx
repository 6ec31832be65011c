import { useQuery, useZero } from '@rocicorp/zero/react';
import { newId } from '@techgarden/schema/kit';
import { mutators, queries } from '@techgarden/schema/garden/zero';
import { useState, type ReactNode } from 'react';
import { keepFocus } from '../parts/keep-focus.ts';
import { TagChip } from '../parts/tag-chip.tsx';
import { useWrite } from '../zero/use-write.ts';
import { TagForm } from './tag-form.tsx';

/** Creates, updates and soft-deletes tags. */
export function TagManager(): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const [tags] = useQuery(queries.tags.list({ limit: 200 }));
  const [edited, setEdited] = useState<string>();
  return (
    <section aria-label="Tags">
      <TagForm
        label="New tag"
        onSave={(form) => {
          const tag = { id: newId(), ...form, at: Date.now() };
          write(`Create the tag ${form.name}`, zero.mutate(mutators.tags.create(tag)));
        }}
      />
      <ul className="cards" tabIndex={-1} aria-label="All tags">
        {tags.map((tag) => (
          <li key={tag.id} className="request">
            <div className="request-head">
              <TagChip tag={tag} />
              <span className="quiet-text">{tag.description}</span>
              <div className="actions">
                <button
                  type="button"
                  className="button small"
                  aria-label={`Change ${tag.name}`}
                  aria-expanded={edited === tag.id}
                  onClick={() => setEdited(edited === tag.id ? undefined : tag.id)}
                >
                  Change
                </button>
                <button
                  type="button"
                  className="button small danger"
                  aria-label={`Delete ${tag.name}`}
                  onClick={(event) => {
                    keepFocus(event);
                    write(
                      `Delete ${tag.name}`,
                      zero.mutate(mutators.tags.remove({ id: tag.id, at: Date.now() })),
                    );
                  }}
                >
                  Delete
                </button>
              </div>
            </div>
            {edited === tag.id && (
              <TagForm
                label={`Change ${tag.name}`}
                tag={tag}
                onSave={(form) => {
                  const change = { id: tag.id, ...form, at: Date.now() };
                  write(`Change ${tag.name}`, zero.mutate(mutators.tags.update(change)));
                  setEdited(undefined);
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
