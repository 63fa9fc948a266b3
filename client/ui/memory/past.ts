import type { Memory, MemoryHistory } from '#shared/memory.ts'

interface Past {
  key: string
  text: string
  /** The memory it was, where it was another one. */
  memory: Memory | null
  from: string
  to: string | null
  how: 'then corrected' | 'then replaced'
}

/** What was held before a memory as it reads now, the latest first: its own versions, then what it took the place of. */
export function pastOf({ memory, versions, supersedes }: MemoryHistory): Past[] {
  const corrected = versions.map(
    ({ version, text, createdAt }, index): Past => ({
      key: `version ${version}`,
      text,
      memory: null,
      from: createdAt,
      // A version ends where the next one begins; that of the newest is not stored apart from the memory's last change.
      to: versions[index - 1]?.createdAt ?? null,
      how: 'then corrected',
    }),
  )
  const replaced = supersedes.map(
    (before): Past => ({
      key: before.id,
      text: before.text,
      memory: before,
      from: before.validFrom,
      to: before.validTo ?? memory.validFrom,
      how: 'then replaced',
    }),
  )
  return [...corrected, ...replaced]
}
