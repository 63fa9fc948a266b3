import { ChatPage } from '#client/chat/chat-page.tsx'
import { SidebarButton } from './sidebar-button.tsx'

export function ChatScreen() {
  return <ChatPage lead={<SidebarButton />} />
}
