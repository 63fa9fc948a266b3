import { z } from 'zod'
import { MEMORY_LIMIT, TEXT_LIMIT } from '#shared/limits.ts'
import type { Imported, ImportedMessage } from './imported.ts'

/** Seconds since the epoch, or ISO-8601. */
const time = z
  .union([z.number().transform((seconds) => new Date(seconds * 1000)), z.string().transform((text) => new Date(text))])
  .refine((date) => !Number.isNaN(date.getTime()))

const moneta = z.object({
  id: z.string().min(1),
  title: z.string(),
  createdAt: time,
  messages: z.array(
    z.object({
      id: z.string().min(1),
      author: z.enum(['user', 'assistant']),
      authorName: z.string().nullish(),
      text: z.string(),
      createdAt: time,
    }),
  ),
})

const monetaMemory = z.object({
  text: z.string(),
  kind: z.string().max(40),
  tags: z.array(z.string().max(60)).max(20),
  status: z.enum(['kept', 'suggested', 'superseded']),
  createdAt: time,
  expiresAt: time.nullish(),
})

const chatGpt = z.object({
  id: z.string().optional(),
  conversation_id: z.string().optional(),
  title: z.string().nullish(),
  create_time: time.nullish(),
  current_node: z.string().nullish(),
  mapping: z.record(
    z.string(),
    z.object({
      parent: z.string().nullish(),
      message: z
        .object({
          id: z.string(),
          author: z.object({ role: z.string() }),
          create_time: time.nullish(),
          content: z.object({ content_type: z.string().optional(), parts: z.array(z.unknown()).optional() }),
        })
        .nullish(),
    }),
  ),
})

const claude = z.object({
  uuid: z.string().min(1),
  name: z.string().nullish(),
  created_at: time,
  chat_messages: z.array(
    z.object({
      uuid: z.string().min(1),
      sender: z.enum(['human', 'assistant']),
      text: z.string().default(''),
      created_at: time,
      content: z.array(z.object({ type: z.string(), text: z.string().nullish() })).nullish(),
    }),
  ),
})

/** mem0 says `memory`, OpenMemory `content` or `text`. */
const otherMemory = z.object({
  memory: z.string().optional(),
  content: z.string().optional(),
  text: z.string().optional(),
  created_at: time.nullish().catch(null),
  categories: z.array(z.string()).nullish().catch(null),
  tags: z.array(z.string()).nullish().catch(null),
})

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

/** Reads one object of an export by its shape: Moneta's own, ChatGPT's, Claude's, MCP's memory server's, mem0's or OpenMemory's. */
export function readObject(value: unknown): Imported {
  const shapes = [readMoneta, readMonetaMemory, readChatGpt, readClaude, readMcp, readOtherMemory]
  for (const read of shapes) {
    const imported = read(value)
    if (imported) return limited(imported)
  }
  return { skipped: 'not a conversation or a memory' }
}

function readMoneta(value: unknown): Imported | null {
  const { data } = moneta.safeParse(value)
  if (!data) return null
  const messages = data.messages.map((message) => ({
    ...message,
    key: message.id,
    authorName: message.authorName ?? null,
  }))
  return { thread: { key: data.id, title: data.title, createdAt: data.createdAt, messages } }
}

function readMonetaMemory(value: unknown): Imported | null {
  const { data } = monetaMemory.safeParse(value)
  if (!data) return null
  if (data.status !== 'kept') return { skipped: `a ${data.status} memory` }
  return { memories: [{ ...data, expiresAt: data.expiresAt ?? null }] }
}

/** ChatGPT keeps a tree of every edit; what is imported is the branch that was last looked at. */
function readChatGpt(value: unknown): Imported | null {
  const { data } = chatGpt.safeParse(value)
  const key = data?.conversation_id ?? data?.id
  if (!data || !key) return null
  const createdAt = data.create_time ?? new Date(0)
  const messages: ImportedMessage[] = []
  const seen = new Set<string>()
  let node = data.current_node ?? lastNode(data.mapping)
  while (node && !seen.has(node)) {
    seen.add(node)
    const { message, parent } = data.mapping[node] ?? {}
    const author = message?.author.role
    const text = (message?.content.parts ?? []).filter((part) => typeof part === 'string').join('\n')
    if (message && (author === 'user' || author === 'assistant') && text.trim()) {
      const at = message.create_time ?? createdAt
      messages.unshift({ key: message.id, author, authorName: null, text, createdAt: at })
    }
    node = parent ?? undefined
  }
  return { thread: { key, title: data.title ?? '', createdAt, messages } }
}

function lastNode(mapping: z.output<typeof chatGpt>['mapping']): string | undefined {
  const parents = new Set(Object.values(mapping).map(({ parent }) => parent))
  return Object.keys(mapping).findLast((id) => !parents.has(id))
}

function readClaude(value: unknown): Imported | null {
  const { data } = claude.safeParse(value)
  if (!data) return null
  const messages = data.chat_messages.flatMap(({ uuid, sender, text, content, created_at }): ImportedMessage[] => {
    const parts = content?.filter(({ type }) => type === 'text').map((part) => part.text ?? '') ?? []
    const said = text || parts.join('\n')
    if (!said.trim()) return []
    return [
      {
        key: uuid,
        author: sender === 'human' ? 'user' : 'assistant',
        authorName: null,
        text: said,
        createdAt: created_at,
      },
    ]
  })
  return { thread: { key: data.uuid, title: data.name ?? '', createdAt: data.created_at, messages } }
}

/** MCP's memory server keeps observations about things, and how things relate. */
function readMcp(value: unknown): Imported | null {
  const when = { createdAt: null, expiresAt: null }
  const { data: entity } = mcpEntity.safeParse(value)
  if (entity) {
    const tags = [entity.name.slice(0, 60)]
    return { memories: entity.observations.map((said) => ({ text: `${entity.name}: ${said}`, tags, ...when })) }
  }
  const { data: relation } = mcpRelation.safeParse(value)
  if (!relation) return null
  const { from, to, relationType } = relation
  const tags = [from.slice(0, 60), to.slice(0, 60)]
  return { memories: [{ text: `${from} ${relationType.replaceAll('_', ' ')} ${to}`, tags, ...when }] }
}

function readOtherMemory(value: unknown): Imported | null {
  const { data } = otherMemory.safeParse(value)
  const text = data?.memory ?? data?.content ?? data?.text
  if (!data || !text) return null
  const tags = (data.categories ?? data.tags ?? []).map((tag) => tag.slice(0, 60)).slice(0, 20)
  return { memories: [{ text, tags, createdAt: data.created_at ?? null, expiresAt: null }] }
}

/** As text is limited everywhere else: shortened rather than lost, and as the database can hold it. */
function limited(imported: Imported): Imported {
  if ('thread' in imported) {
    const { thread } = imported
    if (thread.messages.length === 0) return { skipped: 'a conversation without text' }
    const messages = thread.messages.map((message) => ({
      ...message,
      authorName: message.authorName && storable(message.authorName, 200),
      text: storable(message.text, TEXT_LIMIT),
    }))
    return { thread: { ...thread, title: storable(thread.title, 200), messages } }
  }
  if ('memories' in imported) {
    const memories = imported.memories
      .map((memory) => ({
        ...memory,
        text: storable(memory.text, MEMORY_LIMIT),
        kind: memory.kind && storable(memory.kind, 40),
        tags: memory.tags?.map((tag) => storable(tag, 60)),
      }))
      .filter(({ text }) => text.trim() !== '')
    return memories.length > 0 ? { memories } : { skipped: 'a memory without text' }
  }
  return imported
}

function storable(text: string, limit: number): string {
  return text.slice(0, limit).toWellFormed().replaceAll('\0', '\uFFFD')
}
