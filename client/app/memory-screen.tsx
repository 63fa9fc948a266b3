import { DashboardPage } from '#client/dashboard/dashboard-page.tsx'
import { SidebarButton } from './sidebar-button.tsx'

export function MemoryScreen() {
  return <DashboardPage lead={<SidebarButton />} yourData={null} />
}
