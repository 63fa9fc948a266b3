import { Menu } from 'lucide-react'
import { IconButton } from '#client/ui/button.tsx'
import { useSidebar } from './sidebar-state.ts'

/** On a phone, the way to the list of chats. */
export function SidebarButton() {
  const { floats, setOpen } = useSidebar()
  if (!floats) return null
  return (
    <IconButton label="Chats and memory" onClick={() => setOpen(true)}>
      <Menu />
    </IconButton>
  )
}
