import type { ReactNode } from 'react';
import type { Route } from '../router/routes.ts';
import { AccountMenu } from '../session/account-menu.tsx';
import { useSession } from '../session/use-session.ts';
import { Leaf } from './leaf.tsx';

interface Props {
  readonly page: Route['page'];
  readonly children: ReactNode;
}

/** Header, navigation and main area of every page. */
export function Frame({ page, children }: Props): ReactNode {
  const { session, isAdmin } = useSession();
  const link = (to: Route['page'], href: string, text: string): ReactNode => (
    <a href={href} aria-current={page === to ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <div className="top-inner">
          <a href="/" className="brand" aria-label="TechGarden, all packages">
            <Leaf />
            <span>TechGarden</span>
          </a>
          <nav aria-label="Main">
            {link('browse', '/', 'Browse')}
            {session && link('requests', '/requests', 'My requests')}
            {isAdmin && link('admin', '/admin', 'Admin')}
          </nav>
          <AccountMenu />
        </div>
      </header>
      <main id="main" className="page">
        {children}
      </main>
    </>
  );
}
