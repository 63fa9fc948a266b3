import { useEffect, useState } from 'react'
import { Coin } from '#client/ui/coin.tsx'

/** Before it is known who is here: nothing for a moment, then the mark, and words when it takes long. */
export function Loading() {
  const [waited, setWaited] = useState<'a moment' | 'a while' | null>(null)
  useEffect(() => {
    const moment = setTimeout(() => setWaited('a moment'), 150)
    const whole = setTimeout(() => setWaited('a while'), 8_000)
    return () => {
      clearTimeout(moment)
      clearTimeout(whole)
    }
  }, [])
  return (
    <main aria-busy="true" className="grid min-h-dvh place-content-center justify-items-center gap-4 px-6 text-center">
      {waited && <Coin className="size-10 text-bronze" />}
      <p role="status" className="text-ink-soft">
        {waited === 'a while' && 'Still reaching whoever keeps your account. What you wrote is safe.'}
      </p>
    </main>
  )
}
