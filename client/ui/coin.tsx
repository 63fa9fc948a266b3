interface CoinProps {
  size?: number
  className?: string
}

/** The mark: a coin face on, its rings like a memory seen from above. One colour, legible at 16 px. */
export function Coin({ size = 20, className }: CoinProps) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} fill="none" aria-hidden="true" className={className}>
      <circle cx="16" cy="16" r="14" stroke="currentColor" strokeWidth="2.6" />
      <path
        d="M16 7.2a8.8 8.8 0 1 1-8.4 6.2M16 11.8a4.3 4.3 0 1 1-4.3 4.3"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
