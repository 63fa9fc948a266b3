import type { FormEvent, KeyboardEvent } from 'react'
import { useMedia } from '#client/ui/use-media.ts'
import { sends } from './keys.ts'

/** What a form and its field take so that Enter, or the form's own button, sends what is written. */
export function useSending(send: () => void) {
  const byFinger = useMedia('(pointer: coarse)')
  return {
    byFinger,
    form: {
      onSubmit(event: FormEvent) {
        event.preventDefault()
        send()
      },
    },
    field: {
      enterKeyHint: byFinger ? ('enter' as const) : ('send' as const),
      onKeyDown(event: KeyboardEvent) {
        if (!sends(event.nativeEvent, byFinger)) return
        event.preventDefault()
        send()
      },
    },
  }
}
