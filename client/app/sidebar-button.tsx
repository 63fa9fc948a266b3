import { Menu } from 'lucide-react'
import { IconButton } from '#client/ui/button.tsx'
import { SessionIndicator } from './session-indicator.tsx'
import { useSessionView } from './session-view.ts'
import { useSidebar } from './sidebar-state.ts'

/** On a phone, the way to the list of chats, and the session light while it has something to say. */
export function SidebarButton() {
  const { floats, setOpen } = useSidebar()
  const { connection } = useSessionView()
  if (!floats) return null
  return (
    <span className="flex items-center gap-1">
      <IconButton label="Chats and memory" onClick={() => setOpen(true)}>
        <Menu />
      </IconButton>
      {['reconnecting', 'offline', 'ended'].includes(connection) && <SessionIndicator brief />}
    </span>
  )
}
