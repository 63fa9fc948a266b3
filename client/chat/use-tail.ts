import { useEffect, useRef, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import type { Message } from '#shared/chat.ts'
import { browserFrame, oncePerFrame } from './frames.ts'
import { extend } from './tail-text.ts'
import { putMessages } from './thread-pages.ts'
import { useVisible } from './use-visible.ts'

const LONGEST_PAUSE_MS = 30_000

/**
 * The text of a reply while it is being written, a frame at a time. The stream is open only while the page is seen, and
 * goes on from the last character known.
 */
export function useTail(reply: Message, open: boolean): string {
  const utils = trpc.useUtils()
  const visible = useVisible()
  const [text, setText] = useState(reply.text)
  const [failures, setFailures] = useState(0)
  const known = useRef(reply.text)
  const lastEventId = useRef<string>(undefined)
  const { id: replyId, threadId } = reply

  useEffect(() => {
    if (!open || !visible) return
    const frame = oncePerFrame(browserFrame, setText)
    const stop = () => {
      clearTimeout(pause)
      subscription?.unsubscribe()
      frame.stop()
    }
    const subscribe = () =>
      utils.client.chat.tail.subscribe(
        { replyId, lastEventId: lastEventId.current },
        {
          onData({ id, data: event }) {
            const longer = extend(known.current, event)
            if (longer === null) {
              lastEventId.current = undefined
              return setFailures((count) => count + 1)
            }
            known.current = longer
            lastEventId.current = id
            frame.push(longer)
            if (event.type !== 'end') return
            stop()
            utils.chat.thread.setData({ id: threadId }, (page) => page && putMessages(page, [event.reply]))
            void utils.chat.invalidate()
            void utils.memory.invalidate()
          },
          onError() {
            void utils.chat.thread.invalidate({ id: threadId })
            setFailures((count) => count + 1)
          },
        },
      )
    let subscription: ReturnType<typeof subscribe> | undefined
    const wait = failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures)
    const pause = setTimeout(() => {
      subscription = subscribe()
    }, wait)
    return stop
  }, [utils, replyId, threadId, open, visible, failures])

  return text
}
