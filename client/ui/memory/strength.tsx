interface StrengthProps {
  /** 0 to 100. */
  value: number
}

/** How well a memory is remembered: five coins, struck as far as it goes, and the same in words. */
export function Strength({ value }: StrengthProps) {
  return (
    <span role="img" aria-label={`Strength ${Math.round(value)} of 100`} className="inline-flex gap-0.5 text-bronze">
      {[0, 20, 40, 60, 80].map((from) => (
        <svg key={from} viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
          <circle cx="5" cy="5" r="4.2" fill="none" stroke="currentColor" strokeWidth="1" />
          <circle cx="5" cy="5" r={4.2 * Math.min(1, Math.max(0, (value - from) / 20))} fill="currentColor" />
        </svg>
      ))}
    </span>
  )
}
