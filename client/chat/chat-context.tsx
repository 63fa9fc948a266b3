import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { v7 as uuid } from 'uuid'
import { trpc } from '#client/trpc.ts'
import { usePerson } from '#client/ui/person.ts'
import { browserStore } from '#client/ui/text-store.ts'
import { systemClock } from '#shared/clock.ts'
import { deliverThrough, refusal } from './deliver.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createModelChoice, type ModelChoice } from './model-choice.ts'
import { createOutbox, type Outbox, type Unsent } from './outbox.ts'
import { createPlaces, type Places } from './reading-place.ts'

interface Chat {
  drafts: Drafts
  outbox: Outbox
  modelChoice: ModelChoice
  places: Places
}

const ChatContext = createContext<Chat | null>(null)

/** What a person has written and the server may not have yet, whichever page they are on. */
export function ChatProvider({ children }: { children: ReactNode }) {
  const { userId, connection } = usePerson()
  const utils = trpc.useUtils()
  const [chat] = useState((): Chat => {
    const store = browserStore()
    const deliver = deliverThrough(utils)
    const world = { store, userId, clock: systemClock, random: Math.random, deliver, refusal }
    return {
      drafts: createDrafts(store, userId),
      outbox: createOutbox(world),
      modelChoice: createModelChoice(store, userId),
      places: createPlaces(browserStore(sessionStorage), userId),
    }
  })
  useEffect(() => chat.outbox.start(), [chat])
  useEffect(() => {
    if (connection === 'live') chat.outbox.wake()
  }, [chat, connection])
  useEffect(() => {
    addEventListener('online', chat.outbox.wake)
    return () => removeEventListener('online', chat.outbox.wake)
  }, [chat])
  return <ChatContext value={chat}>{children}</ChatContext>
}

export function useChat(): Chat {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('useChat is used outside ChatProvider')
  return chat
}

/** What waits to be sent, of one thread or of all. */
export function useUnsent(threadId?: string): readonly Unsent[] {
  const { outbox } = useChat()
  const all = useSyncExternalStore(outbox.subscribe, outbox.entries)
  return useMemo(() => (threadId ? all.filter((each) => each.threadId === threadId) : all), [all, threadId])
}

interface Words {
  threadId: string
  parentId: string | null
  text: string
  newThread?: boolean
  temporary?: boolean
  /** Of a new thread; left out, the default one. */
  model?: string | null
}

/** Hands a person's words to the outbox: they are on the screen and in storage before this returns. */
export function useSend(): (words: Words) => void {
  const { outbox } = useChat()
  return ({ newThread = false, temporary = false, model = null, ...words }) =>
    outbox.add({
      ...words,
      newThread,
      temporary,
      model,
      messageId: uuid(),
      replyId: uuid(),
      createdAt: new Date().toISOString(),
      failure: null,
    })
}
