/** What the five coins mean, for whoever asks. */
export function StrengthExplained() {
  return (
    <details className="group/strength text-ink-soft text-xs">
      <summary className="touch inline-flex list-none items-center py-1 underline decoration-line-strong underline-offset-4 hover:text-ink [&::-webkit-details-marker]:hidden">
        What the coins mean
      </summary>
      <p className="mt-1 max-w-prose border-bronze border-l-2 pl-3 leading-relaxed">
        Five coins, from 0 to 100: how firmly a memory is held. It grows each time you say it again and each time an
        answer uses it, and fades while nobody does, the slower the firmer it is. Fading forgets nothing: only you do.
      </p>
    </details>
  )
}
