import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

interface AskTwiceProps {
  /** The first question: "Forget". */
  label: string
  /** The second, in the same place: "Forget for good?" */
  again: string
  onConfirm: () => void
  disabled?: boolean
}

/** A destructive button that asks again in place, and forgets that it was asked after a while. */
export function AskTwice({ label, again, onConfirm, disabled }: AskTwiceProps) {
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!asked) return
    const timer = setTimeout(() => setAsked(false), 5_000)
    return () => clearTimeout(timer)
  }, [asked])
  return (
    <Button
      look={asked ? 'harm' : 'quiet'}
      disabled={disabled}
      aria-live="polite"
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onConfirm()
        setAsked(!asked)
      }}
    >
      {asked ? again : label}
    </Button>
  )
}
