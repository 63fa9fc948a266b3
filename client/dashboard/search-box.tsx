import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'

interface SearchBoxProps {
  typed: string
  onType: (text: string) => void
  /** Asked a moment after the last key. */
  onSearch: (query: string | undefined) => void
}

const PAUSE_MS = 250

export function SearchBox({ typed, onType, onSearch }: SearchBoxProps) {
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])
  const search = (text: string) => onSearch(text.trim() || undefined)
  return (
    <search className="max-lg:-order-2">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          clearTimeout(pause.current)
          search(typed)
        }}
        className="flex items-center gap-3 border-line-strong border-b focus-within:border-verdigris"
      >
        <Search className="mb-2 size-5 shrink-0 text-ink-soft" aria-hidden="true" />
        <input
          type="search"
          aria-label="Search memories and messages"
          placeholder="Search memories and messages"
          value={typed}
          maxLength={2_000}
          onChange={({ target }) => {
            onType(target.value)
            clearTimeout(pause.current)
            pause.current = setTimeout(() => search(target.value), PAUSE_MS)
          }}
          className="touch w-full bg-transparent pb-2 font-serif text-xl outline-none"
        />
      </form>
    </search>
  )
}
