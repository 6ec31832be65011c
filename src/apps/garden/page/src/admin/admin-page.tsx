import { useRef, type ReactNode } from 'react';
import { SignInFirst } from '../parts/sign-in-first.tsx';
import { useArrival } from '../router/use-arrival.ts';
import { adminTabs, type AdminTab } from '../router/routes.ts';
import { useSession } from '../session/use-session.ts';
import { DeletedLists } from './deleted-lists.tsx';
import { QueueTable } from './queue-table.tsx';
import { TagManager } from './tag-manager.tsx';

const TITLES: Readonly<Record<AdminTab, string>> = {
  queue: 'Queue',
  deleted: 'Deleted',
  tags: 'Tags',
};

/** The admin area. The page only hides it from other users; the server enforces access. */
export function AdminPage({ tab }: { readonly tab: AdminTab }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { isAdmin } = useSession();
  useArrival(`Admin: ${TITLES[tab]}`, heading);
  return (
    <div className="narrow wide">
      <h1 ref={heading} tabIndex={-1}>
        Admin
      </h1>
      {isAdmin ? (
        <>
          <nav className="tabs" aria-label="Admin">
            {adminTabs.map((one) => (
              <a key={one} href={`/admin/${one}`} aria-current={one === tab ? 'page' : undefined}>
                {TITLES[one]}
              </a>
            ))}
          </nav>
          {tab === 'queue' && <QueueTable />}
          {tab === 'deleted' && <DeletedLists />}
          {tab === 'tags' && <TagManager />}
        </>
      ) : (
        <SignInFirst>This is for admins.</SignInFirst>
      )}
    </div>
  );
}
