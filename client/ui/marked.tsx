interface MarkedProps {
  text: string
  /** Where in `text` the words stand that were sought, as [start, end) in UTF-16 code units, in order. */
  matches: readonly (readonly [number, number])[]
}

/** A text with the words that were sought marked in it. */
export function Marked({ text, matches }: MarkedProps) {
  return (
    <>
      {matches.map(([start, end], index) => (
        <span key={start}>
          {text.slice(matches[index - 1]?.[1] ?? 0, start)}
          <mark className="rounded-t-[3px] border-bronze border-b-[1.5px] bg-bronze-wash text-ink">
            {text.slice(start, end)}
          </mark>
        </span>
      ))}
      {text.slice(matches.at(-1)?.[1] ?? 0)}
    </>
  )
}
