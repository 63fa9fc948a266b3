import { type RefObject, useEffect, useRef, useState } from 'react'
import type { usePath } from './use-path.ts'

interface JumpTo {
  messageId: string | undefined
  thread: ReturnType<typeof usePath>
  view: RefObject<HTMLElement | null>
}

/** Brings a linked message into view, fetching earlier pages until it is there. True while it is on the way. */
export function useJumpTo({ messageId, thread, view }: JumpTo): boolean {
  const [reached, setReached] = useState<string>()
  const fetching = useRef(false)
  const { query, path, show, earlier, loadEarlier } = thread
  const messages = query.data?.messages
  const jumping = messageId !== undefined && reached !== messageId && !query.isError

  useEffect(() => {
    if (!jumping || !messages || fetching.current) return
    const known = new Map(messages.map((message) => [message.id, message]))
    if (!known.has(messageId)) {
      if (!earlier) return setReached(messageId)
      fetching.current = true
      void loadEarlier()
        .catch(() => setReached(messageId))
        .finally(() => {
          fetching.current = false
        })
      return
    }
    const onPath = new Set(path.map((placed) => placed.message.id))
    for (let each = known.get(messageId); each; each = each.parentId ? known.get(each.parentId) : undefined) {
      if (!onPath.has(each.id)) return show(each, each.id)
    }
    const target = view.current?.querySelector(`#${CSS.escape(messageId)}`)
    target?.scrollIntoView({ block: 'start', behavior: 'instant' })
    target?.classList.add('recalled')
    setReached(messageId)
  }, [jumping, messages, messageId, earlier, loadEarlier, path, show, view])

  return jumping
}
