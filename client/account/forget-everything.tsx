import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { say } from '#client/ui/toast.ts'
import { TypedConfirmation } from './typed-confirmation.tsx'

/** Every chat and every memory, at once. The account stays. */
export function ForgetEverything() {
  const queries = useQueryClient()
  const [times, setTimes] = useState(0)
  const forget = trpc.memory.forgetEverything.useMutation({
    onSuccess() {
      setTimes((before) => before + 1)
      void queries.resetQueries()
      void say('Everything is forgotten.')
    },
  })
  return (
    <TypedConfirmation
      key={times}
      title="Forget everything"
      open="Forget"
      phrase="forget everything"
      busy={forget.isPending}
      problem={forget.error?.message}
      onConfirm={() => forget.mutate({ confirm: 'forget everything' })}
    >
      Every chat with all its messages, every memory and every suggestion is erased at once, here and on all your
      devices. There is no undo and no way back. Your account stays, and begins anew.
    </TypedConfirmation>
  )
}
