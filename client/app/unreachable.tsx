import { Button } from '#client/ui/button.tsx'
import { Coin } from '#client/ui/coin.tsx'

/** The page is here and its server is not. */
export function Unreachable({ onRetry }: { onRetry: () => void }) {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 px-6 text-center">
      <Coin className="size-10 text-bronze" />
      <h1 className="font-serif text-3xl">Moneta does not answer.</h1>
      <p className="max-w-prose text-ink-soft">Its server may be starting. What you wrote is safe in this browser.</p>
      <Button look="primary" onClick={onRetry}>
        Try again
      </Button>
    </main>
  )
}
