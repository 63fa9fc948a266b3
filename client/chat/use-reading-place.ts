import { type RefObject, useEffect, useRef } from 'react'
import { useChat } from './chat-context.tsx'
import { placeIn } from './reading-place.ts'

const PAUSE_MS = 200

/** Keeps where the reader is in a chat, once they have left its end, for after a reload or a look elsewhere. */
export function useReadingPlace(threadId: string, view: RefObject<HTMLElement | null>, detached: boolean): void {
  const { places } = useChat()
  const wasDetached = useRef(false)
  useEffect(() => {
    const box = view.current
    if (wasDetached.current && !detached) places.write(threadId, null)
    wasDetached.current = detached
    if (!box || !detached) return
    let pause: ReturnType<typeof setTimeout>
    const keep = () => {
      const place = placeIn(box)
      if (place) places.write(threadId, place)
    }
    const later = () => {
      clearTimeout(pause)
      pause = setTimeout(keep, PAUSE_MS)
    }
    later()
    box.addEventListener('scroll', later, { passive: true })
    addEventListener('pagehide', keep)
    return () => {
      clearTimeout(pause)
      box.removeEventListener('scroll', later)
      removeEventListener('pagehide', keep)
    }
  }, [threadId, view, detached, places])
}
