import type { ReactNode } from 'react'
import { dayOf } from '#client/ui/dates.ts'
import type { MemoryHistory } from '#shared/memory.ts'
import { SourceLink } from './source-link.tsx'
import { Strength } from './strength.tsx'

/** How a memory came to be, what it said before, and who has used it since. */
export function MemoryFacts({ history }: { history: MemoryHistory }) {
  const { memory, versions, usedBy } = history
  const [supersedes] = history.supersedes
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-ink-soft text-sm">
      <Fact name="Since">{dayOf(memory.validFrom)}</Fact>
      {memory.source && (
        <Fact name="Said in">
          <SourceLink source={memory.source} />
        </Fact>
      )}
      <Fact name="Strength">
        <Strength value={memory.strength} />
      </Fact>
      {memory.tags.length > 0 && <Fact name="Tags">{memory.tags.join(', ')}</Fact>}
      {memory.expiresAt && <Fact name="Until">{dayOf(memory.expiresAt)}</Fact>}
      {versions.length > 0 && (
        <Fact name="Before">
          <ol>
            {versions.map((version) => (
              <li key={version.version} className="font-serif text-base">
                {version.text} <span className="font-sans text-xs">({dayOf(version.createdAt)})</span>
              </li>
            ))}
          </ol>
        </Fact>
      )}
      {supersedes && (
        <Fact name="Replaced">
          <span className="font-serif text-base">{supersedes.text}</span>
        </Fact>
      )}
      {usedBy.length > 0 && (
        <Fact name="Recalled in">
          <ul>
            {usedBy.slice(0, 5).map((source) => (
              <li key={source.messageId}>
                <SourceLink source={source} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  )
}
