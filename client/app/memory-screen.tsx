import { DashboardPage } from '#client/dashboard/dashboard-page.tsx'
import { YourData } from '#client/dashboard/your-data/your-data.tsx'
import { SidebarButton } from './sidebar-button.tsx'

export function MemoryScreen() {
  return <DashboardPage lead={<SidebarButton />} yourData={<YourData />} />
}
