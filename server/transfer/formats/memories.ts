import { z } from 'zod'
import type { Imported } from '#server/transfer/imported.ts'
import { plausible, storableTime, time } from './times.ts'

const strings = z.array(z.string()).nullish().catch(null)

/** mem0 says `memory`, OpenMemory `content` or `text`; categories by name, or in its backup by id. */
const memory = z.object({
  memory: z.string().nullish(),
  content: z.string().nullish(),
  text: z.string().nullish(),
  state: z.string().nullish().catch(null),
  created_at: time,
  expiration_date: time,
  categories: strings,
  category_ids: strings,
  tags: strings,
})

/** Reads a memory of mem0 or OpenMemory; `categories` are the names of those met before it in the file, by their id. */
export function readMemory(value: unknown, categories: ReadonlyMap<string, string>, now: Date): Imported | null {
  const { data } = memory.safeParse(value)
  const text = data?.memory || data?.content || data?.text
  if (!data || !text) return null
  if (data.state === 'deleted') return { skipped: { 'a memory that was deleted there': 1 } }
  const named = data.category_ids?.flatMap((id) => categories.get(id) ?? []) ?? []
  const tags = data.categories ?? data.tags ?? named
  const createdAt = plausible(data.created_at, now)
  return { memories: [{ text, tags, createdAt, expiresAt: storableTime(data.expiration_date) }] }
}

const category = z.object({ id: z.string(), name: z.string().min(1) })

/** The tables that stand beside the memories in OpenMemory's backup. */
const BESIDE = new Set(['apps', 'memory_categories', 'status_history', 'access_controls'])
const MOST_CATEGORIES = 10_000

/** Notes what else OpenMemory's backup holds. Null for anything else. */
export function readBeside(member: string | null, value: unknown, categories: Map<string, string>): Imported | null {
  if (member !== null && BESIDE.has(member)) return {}
  if (member !== 'categories') return null
  const { data } = category.safeParse(value)
  if (data && categories.size < MOST_CATEGORIES) categories.set(data.id, data.name)
  return {}
}

const mcpEntity = z.object({
  type: z.literal('entity'),
  name: z.string().min(1),
  entityType: z.string(),
  observations: z.array(z.string()),
})

const mcpRelation = z.object({
  type: z.literal('relation'),
  from: z.string().min(1),
  to: z.string().min(1),
  relationType: z.string().min(1),
})

/** MCP's memory server keeps observations about things, and how things relate. */
export function readMcp(value: unknown): Imported | null {
  const when = { createdAt: null, expiresAt: null }
  const { data: entity } = mcpEntity.safeParse(value)
  if (entity) {
    const { name, observations } = entity
    return { memories: observations.map((said) => ({ text: `${name}: ${said}`, tags: [name], ...when })) }
  }
  const { data: relation } = mcpRelation.safeParse(value)
  if (!relation) return null
  const { from, to, relationType } = relation
  return { memories: [{ text: `${from} ${relationType.replaceAll('_', ' ')} ${to}`, tags: [from, to], ...when }] }
}
