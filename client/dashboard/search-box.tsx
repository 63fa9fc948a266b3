import { Search } from 'lucide-react'

interface SearchBoxProps {
  typed: string
  onType: (text: string) => void
  onSearch: (text: string) => void
}

export function SearchBox({ typed, onType, onSearch }: SearchBoxProps) {
  return (
    <search className="max-lg:-order-2">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSearch(typed)
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
          onChange={({ target }) => onType(target.value)}
          className="touch w-full bg-transparent pb-2 font-serif text-xl outline-none"
        />
      </form>
    </search>
  )
}
