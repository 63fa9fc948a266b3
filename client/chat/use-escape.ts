import { useEffect, useRef } from 'react'
import { isComposing } from './keys.ts'

/** Calls `run` on Escape wherever the focus is, unless something that floats over the page is there to be closed. */
export function useEscape(on: boolean, run: () => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return
      if (document.querySelector('dialog[open], [role="menu"]')) return
      latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [on])
}
