import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { dayOf, entityDate } from '#client/ui/dates.ts'
import type { Memory, Source } from '#shared/memory.ts'
import { originWords } from './origin-words.ts'
import { SaidIn } from './said-in.tsx'
import { Strength } from './strength.tsx'
import { StrengthExplained } from './strength-explained.tsx'

interface MemoryFactsProps {
  memory: Memory
  sources: Source[]
  onGone: () => void
}

/** How a memory came to be, how firmly it is held, and what it is about. */
export function MemoryFacts({ memory, sources, onGone }: MemoryFactsProps) {
  const { kind, tags, entities, validFrom, validTo, expiresAt, strength, origin } = memory
  return (
    <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-ink-soft text-sm">
      <Fact name="Holds">
        {validTo ? `${dayOf(validFrom)} to ${dayOf(validTo)}` : `since ${dayOf(validFrom)}`}
        {expiresAt && `, until ${dayOf(expiresAt)}`}
      </Fact>
      <Fact name="Origin">{originWords(origin)}</Fact>
      {sources.length > 0 && (
        <Fact name="Said in">
          <SaidIn sources={sources} onGone={onGone} />
        </Fact>
      )}
      <Fact name="Strength">
        <span className="inline-flex items-center gap-2 tabular-nums">
          <Strength value={strength} /> {Math.round(strength)} of 100
        </span>
        <StrengthExplained />
      </Fact>
      <Fact name="Network">
        <Narrowed to={{ around: memory.id }}>what hangs together with it</Narrowed>
      </Fact>
      <Fact name="Kind">
        <Narrowed to={{ kind }}>{kind}</Narrowed>
      </Fact>
      {tags.length > 0 && (
        <Fact name="Tags">
          <Row>
            {tags.map((tag) => (
              <Narrowed key={tag} to={{ tag }}>
                {tag}
              </Narrowed>
            ))}
          </Row>
        </Fact>
      )}
      {entities.length > 0 && (
        <Fact name="About">
          <Row>
            {entities.map(({ kind: about, name }) => (
              <Narrowed key={`${about} ${name}`} to={{ [about]: name }}>
                {about === 'date' ? entityDate(name) : name}
              </Narrowed>
            ))}
          </Row>
        </Fact>
      )}
    </dl>
  )
}

/** Leads to every memory of the same sort. */
function Narrowed({ to, children }: { to: Record<string, string>; children: ReactNode }) {
  return (
    <Link to="/memory" search={to} className="underline decoration-line-strong underline-offset-2 hover:text-verdigris">
      {children}
    </Link>
  )
}

function Row({ children }: { children: ReactNode }) {
  return <span className="flex flex-wrap gap-x-3">{children}</span>
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  )
}
