import { Link, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { jumpOnce } from './jump.ts'

interface MessageLinkProps {
  threadId: string
  messageId: string
  className?: string
  children: ReactNode
}

/** The way to one message, in its chat. */
export function MessageLink({ threadId, messageId, className, children }: MessageLinkProps) {
  const here = useSearch({ strict: false, select: ({ message }) => message === messageId })
  return (
    <Link
      to="/chat/$threadId"
      params={{ threadId }}
      search={{ message: messageId }}
      state={jumpOnce}
      replace={here}
      className={className}
    >
      {children}
    </Link>
  )
}
