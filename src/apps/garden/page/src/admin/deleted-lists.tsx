import { useQuery, useZero } from '@rocicorp/zero/react';
import { mutators, queries, type SyncedAccount } from '@techgarden/schema/garden/zero';
import type { ReactNode } from 'react';
import { keepFocus } from '../parts/keep-focus.ts';
import { Moment } from '../parts/moment.tsx';
import { useWrite } from '../zero/use-write.ts';

/** Deleted packages and tags, with buttons to restore them. */
export function DeletedLists(): ReactNode {
  const zero = useZero();
  const write = useWrite();
  const [packages] = useQuery(queries.packages.deleted({ limit: 100 }));
  const [tags] = useQuery(queries.tags.deleted({ limit: 100 }));
  return (
    <>
      <DeletedList
        title="Packages"
        rows={packages}
        onRestore={({ id, name }) =>
          write(`Restore ${name}`, zero.mutate(mutators.packages.restore({ id, at: Date.now() })))
        }
      />
      <DeletedList
        title="Tags"
        rows={tags}
        onRestore={({ id, name }) =>
          write(`Restore ${name}`, zero.mutate(mutators.tags.restore({ id, at: Date.now() })))
        }
      />
    </>
  );
}

interface Deleted {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: number | null;
  readonly deleter: SyncedAccount | undefined;
}

interface Props {
  readonly title: string;
  readonly rows: readonly Deleted[];
  readonly onRestore: (row: Deleted) => void;
}

function DeletedList({ title, rows, onRestore }: Props): ReactNode {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 && <p className="quiet-text">None.</p>}
      <ul className="cards" tabIndex={-1} aria-label={`Deleted ${title.toLowerCase()}`}>
        {rows.map((row) => (
          <li key={row.id} className="request">
            <div className="request-head">
              <span className="package-name">{row.name}</span>
              <span className="quiet-text">
                {row.deletedAt !== null && <Moment at={row.deletedAt} />}
                {row.deleter && `, by ${row.deleter.name}`}
              </span>
              <button
                type="button"
                className="button small"
                aria-label={`Restore ${row.name}`}
                onClick={(event) => {
                  keepFocus(event);
                  onRestore(row);
                }}
              >
                Restore
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
