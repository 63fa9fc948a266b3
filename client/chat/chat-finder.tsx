import { Search } from 'lucide-react'
import { useState } from 'react'
import { modifier } from '#client/ui/modifier.ts'
import { FoundInChats } from './found-in-chats.tsx'
import { ThreadList } from './thread-list.tsx'

/** All chats, or those among them in which something was said. */
export function ChatFinder() {
  const [typed, setTyped] = useState('')
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <search className="relative mx-2 mb-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft"
        />
        <input
          type="search"
          aria-label="Search all chats"
          placeholder="Search"
          value={typed}
          maxLength={500}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === '') return
            event.preventDefault()
            event.stopPropagation()
            setTyped('')
          }}
          className="touch w-full rounded-one border border-transparent bg-transparent py-1.5 pr-2 pl-9 text-sm hover:bg-paper/60 focus:border-line-strong focus:bg-paper-lift"
        />
        {typed === '' && (
          <kbd className="pointer-events-none absolute top-1/2 right-2.5 hidden -translate-y-1/2 font-sans text-ink-soft text-xs pointer-fine:block">
            {modifier} K
          </kbd>
        )}
      </search>
      <nav aria-label="Chats" className="min-h-0 flex-1 overflow-y-auto border-line border-t px-2 pt-2 pb-4">
        {typed.trim() === '' ? <ThreadList /> : <FoundInChats typed={typed} />}
      </nav>
    </div>
  )
}
