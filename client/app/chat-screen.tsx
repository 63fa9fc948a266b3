import { useEffect } from 'react'
import { ChatPage } from '#client/chat/chat-page.tsx'
import { useSessionView } from './session-view.ts'
import { SidebarButton } from './sidebar-button.tsx'

export function ChatScreen() {
  const { chatMounted } = useSessionView()
  useEffect(() => chatMounted(), [chatMounted])
  return <ChatPage lead={<SidebarButton />} />
}
