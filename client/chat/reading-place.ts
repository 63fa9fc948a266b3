import type { TextStore } from '#client/ui/text-store.ts'

/** The message at the top of the view, and how far below the top it begins, in CSS pixels; negative once it is cut off. */
export interface Place {
  messageId: string
  top: number
}

/** Where a person has stopped reading in each chat; none where they follow its end. */
export interface Places {
  read(threadId: string): Place | null
  write(threadId: string, place: Place | null): void
}

export function createPlaces(store: TextStore, userId: string): Places {
  const name = (threadId: string) => `moneta:${userId}:place:${threadId}`
  return {
    read(threadId) {
      const [messageId = '', top = ''] = store.read(name(threadId))?.split(' ') ?? []
      return messageId === '' ? null : { messageId, top: Number(top) || 0 }
    },
    write(threadId, place) {
      if (place) store.write(name(threadId), `${place.messageId} ${Math.round(place.top)}`)
      else store.remove(name(threadId))
    },
  }
}

/** The place in a view that scrolls; null where no message is at its top. */
export function placeIn(view: HTMLElement): Place | null {
  const box = view.getBoundingClientRect()
  for (const below of [1, 40, 80, 120]) {
    const message = document.elementFromPoint(box.left + box.width / 2, box.top + below)?.closest('article')
    if (message && view.contains(message)) {
      return { messageId: message.id, top: message.getBoundingClientRect().top - box.top }
    }
  }
  return null
}
