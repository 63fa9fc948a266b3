import { useEffect, useRef } from 'react'

/** Keys for the whole page, such as `mod+shift+o`: mod is Ctrl, or Cmd on a Mac. */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const run = latest.current[`mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
