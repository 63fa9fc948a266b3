import { MessageLink } from '#client/ui/message-link.tsx'
import type { Source } from '#shared/memory.ts'

/** The message a memory came from, one click away. */
export function SourceLink({ source: { messageId, threadId, threadTitle } }: { source: Source }) {
  return (
    <MessageLink threadId={threadId} messageId={messageId} className="text-verdigris underline underline-offset-2">
      {threadTitle || 'Untitled chat'}
    </MessageLink>
  )
}
