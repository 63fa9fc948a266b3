import { AccountPage } from '#client/account/account-page.tsx'
import { useSessionView } from './session-view.ts'
import { SidebarButton } from './sidebar-button.tsx'

export function AccountScreen() {
  const { signOut } = useSessionView()
  return <AccountPage lead={<SidebarButton />} onSignOut={signOut} />
}
