import { MEMORY_LIMIT, TEXT_LIMIT } from '#shared/limits.ts'
import { readChatGpt } from './formats/chatgpt.ts'
import { readClaude, readClaudeMemory, readClaudeRest } from './formats/claude.ts'
import { readBeside, readMcp, readMemory } from './formats/memories.ts'
import { readMoneta } from './formats/moneta.ts'
import type { Imported, ImportedThread, Skipped } from './imported.ts'
import type { JsonElement } from './json-elements.ts'

const LONGEST_NAME = 200
const LONGEST_TAG = 60
const MOST_TAGS = 20

/**
 * What reads the elements of one file, each by its shape: Moneta's own, ChatGPT's, Claude's, MCP's memory server's,
 * mem0's or OpenMemory's. A time that cannot be is taken as unknown, a text that is too long is cut.
 */
export function createReader(now: Date): (element: JsonElement) => Imported {
  const categories = new Map<string, string>()
  return ({ member, value }) => {
    const imported =
      readMoneta(value, now) ??
      readChatGpt(value, now) ??
      readClaude(value, now) ??
      readClaudeMemory(value) ??
      readClaudeRest(value) ??
      readMcp(value) ??
      readBeside(member, value, categories) ??
      readMemory(value, categories, now)
    return imported ? limited(imported) : { skipped: { 'not a conversation or a memory': 1 } }
  }
}

/** As text is limited everywhere else: shortened rather than lost, and as the database can hold it. */
function limited({ thread, memories, adopted, tombstone, ...imported }: Imported): Imported {
  const skipped: Skipped = { ...imported.skipped }
  const skip = (reason: string) => {
    skipped[reason] = (skipped[reason] ?? 0) + 1
  }
  const cut = (text: string, limit: number) => {
    if (text.length > limit) skip(`the end of a text longer than ${limit.toLocaleString('en')} characters`)
    return storable(text, limit)
  }
  const trimmed = <Kept extends { text: string; kind?: string; tags: string[] }>(memory: Kept): Kept => ({
    ...memory,
    text: cut(memory.text, MEMORY_LIMIT),
    ...(memory.kind === undefined ? {} : { kind: storable(memory.kind, 40) || 'fact' }),
    tags: tagsOf(memory.tags),
  })
  const kept = memories?.map(trimmed).filter(({ text }) => text.trim() !== '')
  if (kept?.length === 0) skip('a memory without text')
  if (thread?.messages.length === 0) skip('a conversation without text')
  if (adopted?.text.trim() === '') skip('a memory without text')
  return {
    skipped,
    ...(thread && thread.messages.length > 0 ? { thread: limitedThread(thread, cut) } : {}),
    ...(kept ? { memories: kept } : {}),
    ...(adopted && adopted.text.trim() !== ''
      ? {
          adopted: {
            ...trimmed(adopted),
            versions: adopted.versions.map((each) => ({ ...each, text: storable(each.text, MEMORY_LIMIT) })),
          },
        }
      : {}),
    ...(tombstone ? { tombstone } : {}),
  }
}

function limitedThread(thread: ImportedThread, cut: (text: string, limit: number) => string): ImportedThread {
  const { traits } = thread
  return {
    ...thread,
    title: storable(thread.title, LONGEST_NAME),
    ...(traits
      ? {
          traits: { ...traits, tags: tagsOf(traits.tags), model: traits.model && storable(traits.model, LONGEST_NAME) },
        }
      : {}),
    messages: thread.messages.map((message) => ({
      ...message,
      authorName: message.authorName && storable(message.authorName, LONGEST_NAME),
      failure: message.failure && storable(message.failure, 1_000),
      model: message.model && storable(message.model, LONGEST_NAME),
      text: cut(message.text, TEXT_LIMIT),
    })),
  }
}

function tagsOf(tags: string[]): string[] {
  const named = tags.map((tag) => storable(tag, LONGEST_TAG).trim()).filter((tag) => tag !== '')
  return [...new Set(named)].slice(0, MOST_TAGS)
}

function storable(text: string, limit: number): string {
  return text.slice(0, limit).toWellFormed().replaceAll('\0', '\uFFFD')
}
