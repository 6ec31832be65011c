import type { SyncedTag } from '@techgarden/schema/garden/zero';
import type { FormEvent, ReactNode } from 'react';

interface TagFields {
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly color: string;
}

interface Props {
  readonly label: string;
  readonly tag?: SyncedTag;
  readonly onSave: (fields: TagFields) => void;
}

/**
 * The fields of a tag. The slug is derived from the name once and never changes, because links
 * contain it.
 */
export function TagForm({ label, tag, onSave }: Props): ReactNode {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string): string => String(form.get(field) ?? '').trim();
    const name = text('name');
    const slug = tag?.slug ?? slugOf(name);
    if (slug === '') return;
    onSave({ name, slug, description: text('description') || null, color: text('color') });
    event.currentTarget.reset();
  };
  return (
    <form className="ask" aria-label={label} onSubmit={submit}>
      <label className="field">
        <span>Name</span>
        <input
          name="name"
          required
          maxLength={64}
          pattern=".*[A-Za-z0-9].*"
          defaultValue={tag?.name}
          autoComplete="off"
        />
      </label>
      <label className="field grow">
        <span>Description</span>
        <input
          name="description"
          maxLength={1000}
          defaultValue={tag?.description ?? ''}
          autoComplete="off"
        />
      </label>
      <label className="field">
        <span>Colour</span>
        <input name="color" type="color" defaultValue={tag?.color ?? '#2f7d4f'} />
      </label>
      <button type="submit" className="button primary">
        Save
      </button>
    </form>
  );
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 64);
