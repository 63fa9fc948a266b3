import { Link, useSearch } from '@tanstack/react-router'
import type { Memory } from '#shared/memory.ts'

/** Another memory, one click away, on the dashboard as it stands. */
export function MemoryLink({ memory }: { memory: Pick<Memory, 'id' | 'text'> }) {
  const search = useSearch({ strict: false })
  return (
    <Link
      to="/memory"
      search={{ ...search, memory: memory.id }}
      className="font-serif text-base text-verdigris underline decoration-line-strong underline-offset-2"
    >
      {memory.text}
    </Link>
  )
}
