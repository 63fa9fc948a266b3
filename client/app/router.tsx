import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { LastThread } from '#client/chat/last-thread.tsx'
import { readFilters } from '#client/dashboard/filters.ts'
import { BrokenPage } from './broken-page.tsx'
import { ChatScreen } from './chat-screen.tsx'
import { LostPage } from './lost-page.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: LostPage })

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: LastThread }),
  createRoute({
    getParentRoute: () => root,
    path: '/new',
    component: ChatScreen,
    validateSearch: (search: Record<string, unknown>): { temporary?: true } =>
      search.temporary === true ? { temporary: true } : {},
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/chat/$threadId',
    component: ChatScreen,
    validateSearch: (search: Record<string, unknown>): { message?: string } =>
      typeof search.message === 'string' ? { message: search.message } : {},
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/memory',
    component: lazyRouteComponent(() => import('./memory-screen.tsx'), 'MemoryScreen'),
    validateSearch: readFilters,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/account',
    component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
  }),
])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
