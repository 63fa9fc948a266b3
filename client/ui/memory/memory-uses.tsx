import { Link } from '@tanstack/react-router'
import type { Source } from '#shared/memory.ts'
import { Folded } from './folded.tsx'
import { SourceLink } from './source-link.tsx'

/** The replies that used a memory, and the way to all that each of them used. */
export function MemoryUses({ usedBy }: { usedBy: Source[] }) {
  if (usedBy.length === 0) return null
  return (
    <section aria-labelledby="uses" className="mt-6">
      <h3 id="uses" className="font-serif text-lg">
        Recalled in
      </h3>
      <div className="mt-1 text-sm">
        <Folded
          each={usedBy.map((source) => (
            <span key={source.messageId} className="flex flex-wrap gap-x-3">
              <SourceLink source={source} />
              <Link
                to="/memory"
                search={{ reply: source.messageId }}
                className="text-ink-soft underline decoration-line-strong underline-offset-2 hover:text-verdigris"
              >
                all it used
              </Link>
            </span>
          ))}
        />
      </div>
    </section>
  )
}
