import { useEffect, useRef, useState } from 'react'

/** Tells a screen reader that a reply ended, not each of its words. */
export function FinishedNotice({ running }: { running: boolean }) {
  const wasRunning = useRef(running)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (wasRunning.current !== running) setWords(running ? 'Moneta is answering' : 'Reply finished')
    wasRunning.current = running
  }, [running])
  return (
    <div role="status" className="sr-only">
      {words}
    </div>
  )
}
