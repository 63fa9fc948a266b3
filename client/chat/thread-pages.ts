import type { Message, ThreadPage } from '#shared/chat.ts'
import type { Unsent } from './outbox.ts'

/**
 * What is known of a thread once a page of it has come again: messages in both are taken from the newer page, those
 * that were loaded before and after it stay loaded.
 */
export function joinPages(known: ThreadPage | undefined, page: ThreadPage): ThreadPage {
  if (!known || known.thread.id !== page.thread.id) return page
  const ids = new Set(page.messages.map((message) => message.id))
  const others = known.messages.filter((message) => !ids.has(message.id))
  if (others.length === known.messages.length) return page
  const messages = [...others, ...page.messages].sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  )
  const [first, last] = [messages[0], messages.at(-1)]
  const earlier = first && !ids.has(first.id) ? known.earlier : page.earlier
  const later = last && !ids.has(last.id) ? known.later : page.later
  return { thread: page.thread, messages, earlier, ...(later ? { later } : {}) }
}

/** For a query whose pages are added to where they are kept. */
export const keepLoadedPages = {
  structuralSharing: (known: unknown, page: unknown) => joinPages(known as ThreadPage | undefined, page as ThreadPage),
}

/** Whether two pages of a thread have a message in common, so that nothing is missing between them. */
export function meets(one: ThreadPage, other: ThreadPage): boolean {
  const ids = new Set(one.messages.map((message) => message.id))
  return other.messages.some((message) => ids.has(message.id))
}

/** The thread with an earlier page put before it. */
export function putBefore(known: ThreadPage, earlier: ThreadPage): ThreadPage {
  const ids = new Set(known.messages.map((message) => message.id))
  const messages = [...earlier.messages.filter((message) => !ids.has(message.id)), ...known.messages]
  return { ...known, messages, earlier: earlier.earlier }
}

/** The thread with a later page put after it. */
export function putAfter({ later: _read, ...known }: ThreadPage, later: ThreadPage): ThreadPage {
  const ids = new Set(known.messages.map((message) => message.id))
  const messages = [...known.messages, ...later.messages.filter((message) => !ids.has(message.id))]
  return { ...known, messages, ...(later.later ? { later: later.later } : {}) }
}

/** The thread with these messages in it, each in the place of its former self or at the end. */
export function putMessages(known: ThreadPage, changed: readonly Message[]): ThreadPage {
  const byId = new Map(changed.map((message) => [message.id, message]))
  const kept = known.messages.map((message) => byId.get(message.id) ?? message)
  const before = new Set(known.messages.map((message) => message.id))
  return { ...known, messages: [...kept, ...changed.filter((message) => !before.has(message.id))] }
}

/** What was written but not yet acknowledged, as the messages it will be: the person's, and the reply to come. */
export function asMessages(unsent: Unsent): Message[] {
  const common = {
    threadId: unsent.threadId,
    authorName: null,
    failure: unsent.failure,
    model: null,
    createdAt: unsent.createdAt,
    forgotten: false,
    recalled: [],
    remembered: [],
  }
  const message: Message = {
    ...common,
    id: unsent.messageId,
    parentId: unsent.parentId,
    author: 'user',
    text: unsent.text,
    status: unsent.failure === null ? 'complete' : 'failed',
  }
  if (unsent.failure !== null) return [message]
  return [
    message,
    { ...common, id: unsent.replyId, parentId: unsent.messageId, author: 'assistant', text: '', status: 'streaming' },
  ]
}

/** What a chat is called until the server has given it a title: how it began. */
export function provisionalTitle(text: string): string {
  return text.trim().slice(0, 60)
}
