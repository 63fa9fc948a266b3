import { z } from 'zod'
import type { AdoptedMemory, Imported, ImportedThread } from '#server/transfer/imported.ts'
import { plausible, storableTime, time } from './times.ts'

const key = z.string().min(1).max(100)
const keys = z.array(key).max(10_000).default([])
const tags = z.array(z.string()).default([])
const count = z.number().int().min(0).max(1_000_000_000)

const message = z.object({
  id: key,
  parentId: key.nullish(),
  author: z.enum(['user', 'assistant']),
  authorName: z.string().nullish(),
  text: z.string(),
  status: z.enum(['complete', 'interrupted', 'failed']).default('complete'),
  failure: z.string().nullish(),
  model: z.string().nullish(),
  forgottenAt: time,
  createdAt: time,
  used: z
    .array(z.object({ kind: z.enum(['memory', 'message']), id: key, score: z.number() }))
    .max(1_000)
    .default([]),
})

const thread = z.object({
  id: key,
  title: z.string(),
  createdAt: time,
  pinned: z.boolean().default(false),
  archived: z.boolean().default(false),
  remember: z.boolean().default(true),
  tags,
  model: z.string().nullish(),
  messages: z.array(message),
})

const memory = z.object({
  id: key,
  text: z.string(),
  kind: z.string(),
  tags,
  status: z.enum(['kept', 'suggested', 'superseded']),
  origin: z.enum(['person', 'chat', 'model', 'import']).default('import'),
  version: count.min(1).default(1),
  supersededById: key.nullish(),
  validFrom: time,
  validTo: time,
  expiresAt: time,
  encodings: count.min(1).default(1),
  recalls: count.default(0),
  lastRecalledAt: time,
  lastEncodedAt: time,
  createdAt: time,
  updatedAt: time,
  sourceMessageId: key.nullish(),
  sourceIds: keys,
  versions: z
    .array(
      z.object({
        version: count.min(1),
        text: z.string(),
        fingerprint: z.string().max(64).optional(),
        createdAt: time,
      }),
    )
    .max(1_000)
    .default([]),
})

const tombstone = z.object({
  id: key,
  fingerprint: z.string().min(1).max(64),
  status: z.enum(['forgotten', 'declined']),
  forgottenAt: time,
  sourceIds: keys,
})

/** An element of Moneta's own export: see export.ts for what it says. */
export function readMoneta(value: unknown, now: Date): Imported | null {
  const said = thread.safeParse(value).data
  if (said) return { thread: readThread(said, now) }
  const kept = memory.safeParse(value).data
  if (kept) return { adopted: readMemory(kept, now) }
  const gone = tombstone.safeParse(value).data
  if (!gone) return null
  const { id, sourceIds, fingerprint, status } = gone
  return {
    tombstone: {
      key: id,
      sourceKeys: sourceIds,
      fingerprint,
      status,
      forgottenAt: plausible(gone.forgottenAt, now) ?? now,
    },
  }
}

function readThread({ id, title, ...rest }: z.output<typeof thread>, now: Date): ImportedThread {
  const { pinned, archived, remember, tags, model } = rest
  const createdAt = plausible(rest.createdAt, now) ?? now
  const messages = [...new Map(rest.messages.map((each) => [each.id, each])).values()]
  const parents = parentsOf(messages)
  return {
    key: id,
    own: true,
    title,
    createdAt,
    traits: { pinned, archived, remember, tags, model: model ?? null },
    messages: messages.map(({ id, parentId: _, authorName, used, createdAt: at, forgottenAt, ...said }) => ({
      ...said,
      key: id,
      parentKey: parents.get(id) ?? null,
      authorName: authorName ?? null,
      createdAt: plausible(at, now) ?? createdAt,
      forgottenAt: plausible(forgottenAt, now),
      used: used.map(({ id, ...use }) => ({ ...use, key: id })),
    })),
  }
}

/** What each message answers. Nobody answers themselves, not by way of others either: that would have no beginning. */
function parentsOf(messages: z.output<typeof thread>['messages']): Map<string, string | null> {
  const here = new Set(messages.map(({ id }) => id))
  const parents = new Map(
    messages.map(({ id, parentId }, index): [string, string | null] => {
      // Left out, the order is all there is.
      const parent = parentId === undefined ? (messages[index - 1]?.id ?? null) : parentId
      return [id, parent !== null && here.has(parent) ? parent : null]
    }),
  )
  const begun = new Set<string>()
  for (const { id } of messages) {
    const way = new Set<string>()
    for (let at: string | null = id; at && !begun.has(at); at = parents.get(at) ?? null) {
      if (way.has(at)) {
        parents.set(at, null)
        break
      }
      way.add(at)
    }
    for (const each of way) begun.add(each)
  }
  return parents
}

function readMemory(data: z.output<typeof memory>, now: Date): AdoptedMemory {
  const { id, supersededById, sourceMessageId, sourceIds, versions, ...rest } = data
  const createdAt = plausible(data.createdAt, now) ?? now
  return {
    ...rest,
    key: id,
    supersededByKey: supersededById ?? null,
    sourceMessageKey: sourceMessageId ?? null,
    sourceKeys: sourceIds,
    createdAt,
    updatedAt: plausible(data.updatedAt, now) ?? createdAt,
    lastEncodedAt: plausible(data.lastEncodedAt, now) ?? createdAt,
    lastRecalledAt: plausible(data.lastRecalledAt, now),
    validFrom: storableTime(data.validFrom) ?? createdAt,
    validTo: storableTime(data.validTo),
    expiresAt: storableTime(data.expiresAt),
    versions: versions.map((version) => ({ ...version, createdAt: plausible(version.createdAt, now) ?? createdAt })),
  }
}
