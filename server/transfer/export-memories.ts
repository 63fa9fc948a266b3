import type { Owner } from './import-run.ts'
import { AT_ONCE, paged } from './paged.ts'

const columns = {
  id: true,
  text: true,
  kind: true,
  tags: true,
  status: true,
  origin: true,
  version: true,
  supersededById: true,
  validFrom: true,
  validTo: true,
  expiresAt: true,
  encodings: true,
  recalls: true,
  lastRecalledAt: true,
  lastEncodedAt: true,
  createdAt: true,
  updatedAt: true,
  sourceMessageId: true,
} as const

const versions = {
  select: { version: true, text: true, fingerprint: true, createdAt: true },
  orderBy: { version: 'asc' },
} as const

const entities = { select: { kind: true, name: true }, orderBy: { place: 'asc' } } as const

const sources = { select: { messageId: true }, orderBy: { messageId: 'asc' } } as const

/** What is kept, suggested or superseded, with what it said before. Of an erased version the fingerprint is left. */
export async function* exportedMemories({ deps, userId }: Owner) {
  const rows = paged((after) =>
    deps.db.prisma.memory.findMany({
      where: { userId, status: { in: ['kept', 'suggested', 'superseded'] }, ...after },
      select: { ...columns, versions, entities, sources },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    }),
  )
  for await (const { sources, versions, ...memory } of rows) {
    yield {
      ...memory,
      sourceIds: sources.map(({ messageId }) => messageId),
      versions: versions.map(({ fingerprint, ...version }) => (version.text ? version : { ...version, fingerprint })),
    }
  }
}

/** What was forgotten or declined, without a word of it. */
export async function* exportedTombstones({ deps, userId }: Owner) {
  const rows = paged((after) =>
    deps.db.prisma.memory.findMany({
      where: { userId, status: { in: ['forgotten', 'declined'] }, ...after },
      select: { id: true, status: true, fingerprint: true, forgottenAt: true, sources },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    }),
  )
  for await (const { sources, ...tombstone } of rows) {
    yield { ...tombstone, sourceIds: sources.map(({ messageId }) => messageId) }
  }
}
