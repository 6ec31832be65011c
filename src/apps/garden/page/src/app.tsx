import type { ReactNode } from 'react';
import { AdminPage } from './admin/admin-page.tsx';
import { BrowsePage } from './catalogue/browse-page.tsx';
import { PackagePage } from './package/package-page.tsx';
import { Frame } from './parts/frame.tsx';
import { NotFound } from './parts/not-found.tsx';
import { RequestsPage } from './requests/requests-page.tsx';
import { useLocation } from './router/location.ts';
import { routeOf, type Route } from './router/routes.ts';
import { SessionProvider } from './session/session-provider.tsx';
import { GardenZero } from './zero/garden-zero.tsx';
import { NoticeProvider } from './zero/notice-provider.tsx';

export function App(): ReactNode {
  return (
    <SessionProvider>
      <GardenZero>
        <NoticeProvider>
          <Pages />
        </NoticeProvider>
      </GardenZero>
    </SessionProvider>
  );
}

function Pages(): ReactNode {
  const route = routeOf(useLocation());
  return <Frame page={route.page}>{pageOf(route)}</Frame>;
}

function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case 'browse':
      return <BrowsePage />;
    case 'package':
      return (
        <PackagePage
          key={`${route.registry}/${route.name}`}
          registry={route.registry}
          name={route.name}
        />
      );
    case 'requests':
      return <RequestsPage />;
    case 'admin':
      return <AdminPage tab={route.tab} />;
    case 'not-found':
      return <NotFound />;
  }
}
