import { Link } from '@tanstack/react-router'
import type { Source } from '#shared/memory.ts'

/** The message a memory came from, one click away. */
export function SourceLink({ source }: { source: Source }) {
  return (
    <Link
      to="/chat/$threadId"
      params={{ threadId: source.threadId }}
      search={{ message: source.messageId }}
      className="text-verdigris underline underline-offset-2"
    >
      {source.threadTitle || 'Untitled chat'}
    </Link>
  )
}
