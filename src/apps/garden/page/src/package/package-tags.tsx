import { useZero } from '@rocicorp/zero/react';
import {
  mutators,
  type SyncedAccount,
  type SyncedPackageTag,
  type SyncedTag,
} from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { keepFocus } from '../parts/keep-focus.ts';
import { tagColor } from '../parts/tag-chip.tsx';
import { useSession } from '../session/use-session.ts';
import { useWrite } from '../zero/use-write.ts';
import { TagAdder } from './tag-adder.tsx';

interface Props {
  readonly packageId: string;
  readonly name: string;
  readonly assignments: readonly (SyncedPackageTag & {
    readonly tag: SyncedTag | undefined;
    readonly creator: SyncedAccount | undefined;
  })[];
}

/** Tags of a package, with the users who assigned them. */
export function PackageTags({ packageId, name, assignments }: Props): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const { session, isAdmin, ask } = useSession();
  const shown = assignments
    .flatMap(({ tag, ...rest }) => (tag && tag.deletedAt === null ? [{ ...rest, tag }] : []))
    .toSorted((a, b) => a.tag.name.localeCompare(b.tag.name));
  return (
    <section aria-labelledby="tags">
      <h2 id="tags" className="unseen">
        Tags
      </h2>
      <ul className="tags" tabIndex={-1} aria-label="Tags of this package">
        {shown.map(({ id, tag, creator, createdBy }) => (
          <li key={id} className="tag large" style={tagColor(tag)}>
            <a href={`/?tag=${tag.slug}`}>{tag.name}</a>
            {creator && <small>by {creator.name}</small>}
            {(isAdmin || createdBy === session?.principal.sub) && (
              <button
                type="button"
                aria-label={`Remove the tag ${tag.name}`}
                onClick={(event) => {
                  keepFocus(event);
                  write(
                    `Remove ${tag.name} from ${name}`,
                    zero.mutate(mutators.tags.withdraw({ id })),
                  );
                }}
              >
                ✕
              </button>
            )}
          </li>
        ))}
        {shown.length === 0 && <li className="quiet-text">No tags yet.</li>}
        <li>
          {session ? (
            <TagAdder packageId={packageId} name={name} taken={shown.map(({ tag }) => tag.id)} />
          ) : (
            <button type="button" className="button small" onClick={ask}>
              Sign in to tag it
            </button>
          )}
        </li>
      </ul>
    </section>
  );
}
