import { z } from 'zod'
import type { Imported, ImportedMemory } from '#server/transfer/imported.ts'
import { time } from './times.ts'
import { type Node, readTree } from './tree.ts'

const conversation = z.object({
  uuid: z.string().min(1),
  name: z.string().nullish(),
  created_at: time,
  chat_messages: z.array(z.unknown()),
})

const message = z.object({
  uuid: z.string().min(1),
  parent_message_uuid: z.string().nullish(),
  sender: z.enum(['human', 'assistant']),
  text: z.string().nullish(),
  created_at: time,
  content: z
    .array(z.object({ type: z.string(), text: z.string().nullish().catch(null) }))
    .nullish()
    .catch(null),
  attachments: z
    .array(z.object({ extracted_content: z.string().nullish() }))
    .nullish()
    .catch(null),
})

/** Claude's `conversations.json`. Older ones are a list, newer ones say what each message answers. */
export function readClaude(value: unknown, now: Date): Imported | null {
  const { data } = conversation.safeParse(value)
  if (!data) return null
  let before: string | null = null
  const nodes = data.chat_messages.map((each, at): Node => {
    const { data: said } = message.safeParse(each)
    if (!said) return { key: `${at}`, parent: before, createdAt: null, message: { skipped: 'a message without text' } }
    const parent = said.parent_message_uuid ?? before
    before = said.uuid
    return { key: said.uuid, parent, createdAt: said.created_at, message: readMessage(said) }
  })
  return readTree({ key: data.uuid, title: data.name ?? '', createdAt: data.created_at, nodes }, now)
}

/** What was pasted into a message is an attachment: part of what was said. What was thought or done by tools is not. */
function readMessage({ sender, text, content, attachments }: z.output<typeof message>): Node['message'] {
  const written = content?.filter(({ type }) => type === 'text').flatMap((part) => part.text || []) ?? []
  const pasted = attachments?.flatMap(({ extracted_content }) => extracted_content || []) ?? []
  const said = [...(written.length > 0 ? written : [text ?? '']), ...pasted].join('\n').trim()
  return said
    ? { author: sender === 'human' ? 'user' : 'assistant', text: said }
    : { skipped: 'a message without text' }
}

const remembered = z.object({
  conversations_memory: z.string(),
  project_memories: z.record(z.string(), z.string()).nullish().catch(null),
})

/** Claude's `memories.json`: what it knows, as Markdown. A paragraph becomes a memory, its heading a tag. */
export function readClaudeMemory(value: unknown): Imported | null {
  const { data } = remembered.safeParse(value)
  if (!data) return null
  const texts = [data.conversations_memory, ...Object.values(data.project_memories ?? {})]
  return { memories: texts.flatMap(paragraphs) }
}

const HEADING = /^(?:#+\s*(.+)|\*\*(.+)\*\*:?)$/

function paragraphs(text: string): ImportedMemory[] {
  let tags: string[] = []
  return text.split(/\n\s*\n|\n(?=\s*[-*•]\s)/).flatMap((block) => {
    const lines = block.split('\n').flatMap((line) => {
      const heading = HEADING.exec(line.trim())
      if (heading) tags = [(heading[1] ?? heading[2] ?? '').trim()]
      return heading ? [] : [line.trim().replace(/^[-*•]\s+/, '')]
    })
    const said = lines.join(' ').trim()
    return said ? [{ text: said, tags, createdAt: null, expiresAt: null }] : []
  })
}

const known = z.union([
  z.object({ uuid: z.string(), full_name: z.string().nullable() }).transform(() => 'an account of Claude'),
  z.object({ uuid: z.string(), docs: z.array(z.unknown()) }).transform(() => 'a project of Claude'),
])

/** What else is in Claude's export, by what it is. */
export function readClaudeRest(value: unknown): Imported | null {
  const { data } = known.safeParse(value)
  return data ? { skipped: { [data]: 1 } } : null
}
