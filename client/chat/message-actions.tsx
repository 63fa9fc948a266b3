import type { ReactNode } from 'react'
import { CopyButton } from '#client/ui/copy-button.tsx'
import { cx } from '#client/ui/cx.ts'

interface MessageActionsProps {
  text: string
  /** The last message always shows its actions; others when pointed at or focused. */
  always: boolean
  children: ReactNode
}

export function MessageActions({ text, always, children }: MessageActionsProps) {
  return (
    <div
      className={cx(
        'flex min-h-8 flex-wrap items-center transition-opacity',
        !always && 'opacity-0 focus-within:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      <CopyButton label="Copy" text={() => text} />
      {children}
    </div>
  )
}
