import { useEffect } from 'react'
import { trpc } from '#client/trpc.ts'

/** Tells the server in which time zone and language this person lives, when it knows another: days are counted there. */
export function useOwnTime(): void {
  const me = trpc.session.me.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY })
  const utils = trpc.useUtils()
  const { mutate } = trpc.session.settings.useMutation({ onSuccess: () => void utils.memory.user.invalidate() })
  const known = me.data
  useEffect(() => {
    if (!known) return
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const locale = navigator.language
    if (known.timeZone !== timeZone || known.locale !== locale) mutate({ timeZone, locale })
  }, [known, mutate])
}
