import { Button } from './button.tsx'

interface TroubleProps {
  /** What could not be done: "Your chats could not be loaded." */
  what: string
  /** The server's own sentence, if it has one. */
  why?: string
  /** What the button says; left out, "Try again". */
  retry?: string
  onRetry: () => void
}

/** What happened, and the way on: never an empty place that looks as if there were nothing. */
export function Trouble({ what, why, retry = 'Try again', onRetry }: TroubleProps) {
  return (
    <div role="alert" className="border-harm border-l-2 py-1 pl-4 text-sm">
      <p className="font-medium">{what}</p>
      {why && <p className="mt-1 text-ink-soft">{why}</p>}
      <Button className="mt-3" onClick={onRetry}>
        {retry}
      </Button>
    </div>
  )
}
