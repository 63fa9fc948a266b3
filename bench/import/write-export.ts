import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const MESSAGES = 30
const VOCABULARY = 20_000

interface Size {
  bytes: number
  /** How long a tool's results are, in characters. */
  tools: number
}

/** Writes conversations as ChatGPT exports them until there are `bytes` of them. The same each time. */
export async function writeExport(path: string, size: Size): Promise<void> {
  await pipeline(Readable.from(conversations(size)), createWriteStream(path))
}

function* conversations({ bytes, tools }: Size): Generator<string> {
  let written = 0
  for (let number = 0; written < bytes; number++) {
    const text = JSON.stringify(conversation(number, tools))
    written += text.length
    yield `${number === 0 ? '[' : ','}${text}`
  }
  yield ']'
}

function conversation(number: number, tools: number) {
  const mapping: Record<string, unknown> = { root: { id: 'root', parent: null, message: null } }
  let parent = 'root'
  const begun = 1_600_000_000 + number * 20_000
  const add = (role: string, text: string) => {
    const id = `${number}-${Object.keys(mapping).length}`
    mapping[id] = {
      id,
      parent,
      children: [],
      message: {
        id,
        author: { role, name: null, metadata: {} },
        create_time: begun + Object.keys(mapping).length,
        content: { content_type: 'text', parts: [text] },
        status: 'finished_successfully',
        end_turn: true,
        weight: 1,
        metadata: { request_id: id, model_slug: 'gpt-4o', padding: 'x'.repeat(1_300) },
        recipient: 'all',
      },
    }
    parent = id
  }
  for (let at = 0; at < MESSAGES; at++) {
    if (at % 5 === 1) add('tool', prose(tools))
    add(at % 2 === 0 ? 'user' : 'assistant', prose(700))
  }
  return { title: prose(30), create_time: begun, conversation_id: `c${number}`, mapping, current_node: parent }
}

let seed = 1

/** Words drawn as in natural text: the second is half as frequent as the first, and so on. */
function prose(length: number): string {
  let text = ''
  while (text.length < length) {
    seed = (seed * 48_271) % 2_147_483_647
    const rank = Math.floor(VOCABULARY ** (seed / 2_147_483_647))
    text += `${text ? ' ' : ''}${word(rank)}`
  }
  return text.slice(0, length)
}

const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'tu', 'sa', 'vel', 'no', 'pi', 'dra']

function word(rank: number): string {
  return [...`${rank}`].map((digit) => SYLLABLES[Number(digit)]).join('')
}
