import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Dialog } from '#client/ui/dialog.tsx'
import { useMedia } from '#client/ui/use-media.ts'
import { ExpiryWarning } from './expiry-warning.tsx'
import { preload } from './preload.ts'
import { Sidebar } from './sidebar.tsx'
import { SidebarContext } from './sidebar-state.ts'
import { useOwnTime } from './use-own-time.ts'
import { useShortcuts } from './use-shortcuts.ts'

const CommandMenu = lazy(() => import('./command-menu.tsx'))
const Toasts = lazy(() => import('./toasts.tsx'))

/** What stands around every page. */
export function Shell() {
  const floats = !useMedia('(min-width: 48rem)')
  const [open, setOpen] = useState(false)
  const [commands, setCommands] = useState(false)
  const navigate = useNavigate()
  const { href, state } = useLocation()
  useOwnTime()
  useEffect(preload, [])
  useShortcuts({
    'mod+k': () => setCommands((shown) => !shown),
    'mod+shift+o': () => void navigate({ to: '/new' }),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way to a new address, or to the same message again, closes what covers the page
  useEffect(() => {
    setOpen(false)
    setCommands(false)
  }, [href, state.jump])
  const sidebar = useMemo(() => ({ open, setOpen, floats }), [open, floats])

  return (
    <SidebarContext value={sidebar}>
      <a
        href="#main"
        className="sr-only z-40 rounded-one bg-verdigris px-4 py-2 text-on-verdigris focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh">
        {!floats && (
          <aside aria-label="Chats and memory" className="w-64 shrink-0 border-line border-r">
            <Sidebar />
          </aside>
        )}
        {floats && open && (
          <Dialog label="Chats and memory" place="left" onClose={() => setOpen(false)}>
            <Sidebar />
          </Dialog>
        )}
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          <Outlet />
          <ExpiryWarning />
        </main>
      </div>
      <Suspense fallback={null}>
        {commands && <CommandMenu onClose={() => setCommands(false)} />}
        <Toasts />
      </Suspense>
    </SidebarContext>
  )
}
