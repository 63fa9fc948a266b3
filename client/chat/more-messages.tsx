import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '#client/ui/button.tsx'

interface MoreMessagesProps {
  label: 'Earlier messages' | 'Later messages'
  cursor: string | null
  load: () => Promise<void>
  view: RefObject<HTMLElement | null>
}

/** The page before or after what is shown: fetched as the reader comes near, or by the button. */
export function MoreMessages({ label, cursor, load, view }: MoreMessagesProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  useEffect(() => {
    const mark = button.current
    if (!mark || !cursor || state !== 'idle') return
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) mark.click()
      },
      { root: view.current, rootMargin: '600px 0px' },
    )
    near.observe(mark)
    return () => near.disconnect()
  }, [cursor, state, view])
  if (!cursor) return null
  const fetchPage = () => {
    setState('loading')
    load().then(
      () => setState('idle'),
      () => setState('failed'),
    )
  }
  return (
    <div className="flex justify-center py-4">
      <Button ref={button} look="quiet" disabled={state === 'loading'} onClick={fetchPage}>
        {state === 'failed' ? `${label} did not come. Try again` : label}
      </Button>
    </div>
  )
}
