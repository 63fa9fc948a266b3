import { useMemo, useRef } from 'react'
import { v7 as uuid } from 'uuid'
import { trpc } from '#client/trpc.ts'
import { useMemoryActions } from '#client/ui/memory/use-memory-actions.ts'
import { say } from '#client/ui/toast.ts'
import type { Message } from '#shared/chat.ts'
import { MEMORY_LIMIT } from '#shared/limits.ts'
import { useChat, useSend } from './chat-context.tsx'
import { putMessages } from './thread-pages.ts'

export interface TurnActions {
  show(message: Message, id: string): void
  /** Sends the words anew, beside the former ones. */
  edit(message: Message, text: string): void
  retry(message: Message): void
  /** Takes an unsent message back into the composer. */
  takeBack(message: Message): void
  remember(message: Message): void
  /** Keeps a message out of memory and of every search, or lets it in again. */
  conceal(message: Message): void
  /** Answers anew, beside the former answer. */
  regenerate(reply: Message): void
  goOn(reply: Message): void
  stop(reply: Message): void
}

interface Screen {
  /** A reply is asked for anew: its turn becomes the last. */
  begun: () => void
  show: (message: Message, id: string) => void
  compose: (text: string) => void
}

/** What can be done to the messages of one thread; the same object for as long as the thread is open. */
export function useTurnActions(threadId: string, screen: Screen): TurnActions {
  const utils = trpc.useUtils()
  const { outbox } = useChat()
  const send = useSend()
  const { add, forgetMessage, restoreMessage } = useMemoryActions()
  const put = (messages: Message[]) =>
    utils.chat.thread.setData({ id: threadId }, (page) => page && putMessages(page, messages))
  const failed = (error: { message: string }) => void say(error.message)
  const regenerate = trpc.chat.regenerate.useMutation({
    onSuccess({ message, reply }) {
      put([message, reply])
      screen.begun()
    },
    onError: failed,
  })
  const goOn = trpc.chat.continue.useMutation({ onSuccess: (reply) => put([reply]), onError: failed })
  const stop = trpc.chat.stop.useMutation({ onSuccess: (reply) => put([reply]), onError: failed })

  const current: TurnActions = {
    show: screen.show,
    edit(message, text) {
      send({ threadId, parentId: message.parentId, text })
      screen.begun()
    },
    retry: (message) => outbox.retry(message.id),
    takeBack(message) {
      const unsent = outbox.discard(message.id)
      if (unsent) screen.compose(unsent.text)
    },
    remember(message) {
      const text = selectionIn(message.id) ?? message.text.trim()
      if (text.length > MEMORY_LIMIT) {
        void say('That is too long for one memory. Select the part to remember, then try again.')
      } else {
        add.mutate({ id: uuid(), text, sourceMessageId: message.id })
      }
    },
    conceal: ({ id: messageId, forgotten }) =>
      forgotten ? restoreMessage.mutate({ messageId }) : forgetMessage.mutate({ messageId }),
    regenerate: (reply) => regenerate.mutate({ replyId: reply.id, newReplyId: uuid() }),
    goOn: (reply) => goOn.mutate({ replyId: reply.id }),
    stop: (reply) => stop.mutate({ replyId: reply.id }),
  }
  const latest = useRef(current)
  latest.current = current
  return useMemo(
    () => ({
      show: (message, id) => latest.current.show(message, id),
      edit: (message, text) => latest.current.edit(message, text),
      retry: (message) => latest.current.retry(message),
      takeBack: (message) => latest.current.takeBack(message),
      remember: (message) => latest.current.remember(message),
      conceal: (message) => latest.current.conceal(message),
      regenerate: (reply) => latest.current.regenerate(reply),
      goOn: (reply) => latest.current.goOn(reply),
      stop: (reply) => latest.current.stop(reply),
    }),
    [],
  )
}

/** The part of a message that the reader has selected, if any. */
function selectionIn(id: string): string | null {
  const selection = getSelection()
  const text = selection?.toString().trim() ?? ''
  return text !== '' && document.getElementById(id)?.contains(selection?.anchorNode ?? null) ? text : null
}
