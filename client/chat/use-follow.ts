import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Follow, type FollowEvent, follow } from './follow.ts'

const away = new Set(['PageUp', 'ArrowUp', 'Home'])

interface Places {
  /** What scrolls. */
  view: RefObject<HTMLElement | null>
  /** What grows. */
  text: RefObject<HTMLElement | null>
  /** Stands where the text ends. */
  end: RefObject<HTMLElement | null>
}

/** Keeps the reader where they want to be; returns how to tell it what happened, and whether they left the end. */
export function useFollow({ view, text, end }: Places) {
  const state = useRef<Follow>('following')
  const [detached, setDetached] = useState(false)

  const tell = useCallback(
    (event: FollowEvent) => {
      const next = follow(state.current, event)
      state.current = next.state
      setDetached(next.state === 'detached')
      const box = view.current
      if (!box || next.move === 'none') return
      const calm =
        event.type === 'opened' || event.type === 'grew' || matchMedia('(prefers-reduced-motion: reduce)').matches
      const behavior = calm ? 'instant' : 'smooth'
      if (next.move === 'to-turn') {
        lastTurn(box)?.scrollIntoView({ block: 'start', behavior })
      } else {
        box.scrollBy({ top: Math.max(0, fromBottom(box, end.current)), behavior })
      }
    },
    [view, end],
  )

  useEffect(() => {
    const box = view.current
    const grown = text.current
    if (!box || !grown) return
    let top = box.scrollTop
    const pulledAway = () => {
      // Where all of it is in view there is nothing to be pulled away from.
      if (box.scrollTop > 0 || fromBottom(box, end.current) > 0) tell({ type: 'pulled-away' })
    }
    const scrolled = () => {
      if (box.scrollTop !== top) {
        const type = box.scrollTop > top ? 'scrolled-down' : 'scrolled-up'
        tell({ type, fromBottom: fromBottom(box, end.current) })
      }
      top = box.scrollTop
    }
    const wheel = (event: WheelEvent) => event.deltaY < 0 && pulledAway()
    const key = (event: KeyboardEvent) => away.has(event.key) && !isTyping(event.target) && pulledAway()
    const selected = () => {
      const selection = getSelection()
      if (selection && !selection.isCollapsed && grown.contains(selection.anchorNode)) pulledAway()
    }
    const press = (event: PointerEvent) => event.target === box && pulledAway()
    const sizes = new ResizeObserver(() => {
      const outgrown = state.current === 'anchored' ? overflow(box, end.current) : fromBottom(box, end.current)
      tell({ type: 'grew', fromBottom: outgrown })
    })
    sizes.observe(grown)
    sizes.observe(box)
    const listen = new AbortController()
    const options = { signal: listen.signal, passive: true }
    box.addEventListener('scroll', scrolled, options)
    box.addEventListener('wheel', wheel, options)
    box.addEventListener('touchmove', pulledAway, options)
    box.addEventListener('pointerdown', press, options)
    box.addEventListener('keydown', key, options)
    document.addEventListener('selectionchange', selected, options)
    return () => {
      sizes.disconnect()
      listen.abort()
    }
  }, [view, text, end, tell])

  /** The reader stays where they are, though there is more below. */
  const stay = useCallback(() => {
    if (view.current && fromBottom(view.current, end.current) > 0) tell({ type: 'pulled-away' })
  }, [view, end, tell])

  return { tell, stay, detached }
}

/** Pixels of text below the view; negative when there is room left. */
function fromBottom(box: HTMLElement, end: HTMLElement | null): number {
  return end ? end.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom : 0
}

/** The same once the last turn stands at the top, where it may still be on its way to. */
function overflow(box: HTMLElement, end: HTMLElement | null): number {
  const turn = lastTurn(box)
  return end && turn ? end.getBoundingClientRect().bottom - turn.getBoundingClientRect().top - box.clientHeight : 0
}

function lastTurn(box: HTMLElement): Element | null {
  return box.querySelector('[data-turn]:last-of-type')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
}
