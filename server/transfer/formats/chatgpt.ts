import { z } from 'zod'
import type { Imported } from '#server/transfer/imported.ts'
import { time } from './times.ts'
import { type Node, readTree } from './tree.ts'

const conversation = z.object({
  id: z.string().nullish(),
  conversation_id: z.string().nullish(),
  title: z.string().nullish(),
  create_time: time,
  mapping: z.record(z.string(), z.unknown()),
})

const node = z.object({
  parent: z.string().nullish(),
  message: z
    .object({
      author: z.object({ role: z.string() }),
      create_time: time,
      recipient: z.string().nullish(),
      content: z.object({ content_type: z.string().nullish(), parts: z.array(z.unknown()).nullish() }),
      metadata: z
        .object({
          is_visually_hidden_from_conversation: z.boolean().nullish().catch(null),
          model_slug: z.string().nullish().catch(null),
        })
        .nullish()
        .catch(null),
    })
    .nullish(),
})

/** A part of a message is text, or something that was heard or shown. */
const heard = z.object({ content_type: z.literal('audio_transcription'), text: z.string() })

/** ChatGPT's `conversations.json`: a tree of everything that was said, edits and second answers included. */
export function readChatGpt(value: unknown, now: Date): Imported | null {
  const { data } = conversation.safeParse(value)
  const key = data?.conversation_id || data?.id
  if (!data || !key) return null
  const nodes = Object.entries(data.mapping).map(([name, each]) => readNode(name, each))
  return readTree({ key, title: data.title ?? '', createdAt: data.create_time, nodes }, now)
}

function readNode(name: string, value: unknown): Node {
  const { data } = node.safeParse(value)
  const said = data?.message
  // Each tree begins with a node that holds no message.
  return {
    key: name,
    parent: data?.parent ?? null,
    createdAt: said?.create_time ?? null,
    message: said ? readMessage(said) : null,
  }
}

type Said = NonNullable<z.output<typeof node>['message']>

function readMessage({ author: { role }, recipient, content, metadata }: Said): Node['message'] {
  const forTool = recipient && recipient !== 'all'
  if ((role !== 'user' && role !== 'assistant') || forTool || metadata?.is_visually_hidden_from_conversation) {
    return { skipped: 'a message of the system or a tool' }
  }
  const text = (content.parts ?? []).flatMap((part) => textOf(part) ?? []).join('\n')
  if (!text.trim()) return { skipped: 'a message without text' }
  return { author: role, text, model: role === 'assistant' ? (metadata?.model_slug ?? null) : null }
}

function textOf(part: unknown): string | null {
  return typeof part === 'string' ? part : (heard.safeParse(part).data?.text ?? null)
}
