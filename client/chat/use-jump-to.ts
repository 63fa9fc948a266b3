import { type RefObject, useEffect, useState } from 'react'
import type { usePath } from './use-path.ts'
import type { Goal } from './use-window.ts'

interface JumpTo {
  goal: Goal | null
  thread: ReturnType<typeof usePath>
  view: RefObject<HTMLElement | null>
  /** The message stands in view. */
  onThere: () => void
}

/**
 * Brings a message into view, on whichever branch it is. True for as long as
 * the message, and not the end of the thread, is where the reader belongs.
 */
export function useJumpTo({ goal, thread, view, onThere }: JumpTo): boolean {
  const [reached, setReached] = useState<Goal | null>(null)
  const { messages, path, show } = thread

  useEffect(() => {
    if (!goal || reached === goal || !messages) return
    const { messageId, top } = goal
    const known = new Map(messages.map((message) => [message.id, message]))
    if (!known.has(messageId)) return
    const onPath = new Set(path.map((placed) => placed.message.id))
    for (let each = known.get(messageId); each; each = each.parentId ? known.get(each.parentId) : undefined) {
      if (!onPath.has(each.id)) return show(each, each.id)
    }
    const target = view.current?.querySelector<HTMLElement>(`#${CSS.escape(messageId)}`)
    if (!target) return
    target.scrollIntoView({ block: 'start', behavior: 'instant' })
    if (top === undefined) glow(target)
    else view.current?.scrollBy(0, target.getBoundingClientRect().top - view.current.getBoundingClientRect().top - top)
    setReached(goal)
    onThere()
  }, [messages, goal, reached, path, show, view, onThere])

  return (
    goal !== null && (reached === goal || thread.away || messages?.some(({ id }) => id === goal.messageId) === true)
  )
}

function glow(message: HTMLElement): void {
  message.focus({ preventScroll: true })
  message.classList.add('recalled')
  message.addEventListener('animationend', () => message.classList.remove('recalled'), { once: true })
}
