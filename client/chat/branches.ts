import type { Message } from '#shared/chat.ts'

/** A message on the path that is shown, among those that share its parent. */
export interface Placed {
  message: Message
  /** Ids, oldest first; the message itself is one of them. */
  siblings: string[]
}

const ROOT = ''

/**
 * The one path through a thread's tree: at each turn the chosen sibling, else the one that leads to the newest message,
 * else the newest. Messages come oldest first; a parent that is not loaded counts as the beginning.
 */
export function visiblePath(messages: readonly Message[], chosen: ReadonlyMap<string, string>): Placed[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const children = new Map<string, Message[]>()
  for (const message of messages) {
    const parent = message.parentId ?? ROOT
    children.set(parent, [...(children.get(parent) ?? []), message])
  }

  const newest = messages.at(-1)
  const toNewest = new Map<string, string>()
  let first = ROOT
  for (let each = newest; each; each = each.parentId ? byId.get(each.parentId) : undefined) {
    first = each.parentId ?? ROOT
    if (toNewest.has(first)) break
    toNewest.set(first, each.id)
  }

  const path: Placed[] = []
  const seen = new Set<string>()
  for (let parent = first; !seen.has(parent); ) {
    seen.add(parent)
    const siblings = children.get(parent)
    const message =
      siblings?.find((each) => each.id === chosen.get(parent)) ??
      siblings?.find((each) => each.id === toNewest.get(parent)) ??
      siblings?.at(-1)
    if (!siblings || !message) break
    path.push({ message, siblings: siblings.map((each) => each.id) })
    parent = message.id
  }
  return path
}

/** The choice that shows `message` instead of its siblings. */
export function choose(
  chosen: ReadonlyMap<string, string>,
  message: Pick<Message, 'parentId'>,
  id: string,
): Map<string, string> {
  return new Map(chosen).set(message.parentId ?? ROOT, id)
}
