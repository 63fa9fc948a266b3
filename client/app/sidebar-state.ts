import { createContext, useContext } from 'react'

interface SidebarState {
  open: boolean
  setOpen: (open: boolean) => void
  /** False where the sidebar stands beside the page and needs no button. */
  floats: boolean
}

export const SidebarContext = createContext<SidebarState>({ open: false, setOpen: () => undefined, floats: false })

export function useSidebar(): SidebarState {
  return useContext(SidebarContext)
}
