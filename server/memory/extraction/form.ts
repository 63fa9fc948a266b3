import { z } from 'zod'
import type { Form } from '#server/model/model.ts'
import type { Exchange } from './exchange.ts'

export const KINDS = [
  'name',
  'home',
  'work',
  'family',
  'date',
  'health',
  'preference',
  'language',
  'habit',
  'plan',
  'activity',
  'goal',
  'fact',
] as const

const MOST = 8
const LONGEST = 300
const names = z.array(z.string())

/** Strict for the model; `found` takes what weaker ones make of it. */
const schema = z.object({
  memories: z.array(
    z.object({
      text: z.string(),
      kind: z.enum(KINDS),
      certain: z.boolean(),
      people: names,
      places: names,
      until: z.string().nullable(),
      repeats: z.number().int().nullable(),
      replaces: z.number().int().nullable(),
    }),
  ),
})

const name = z.string().trim().min(1).max(100)
const found = z.object({
  text: z.string().trim().min(3).max(LONGEST),
  kind: z.enum(KINDS).catch('fact'),
  certain: z.boolean().catch(false),
  people: z.array(name).max(10).catch([]),
  places: z.array(name).max(10).catch([]),
  until: z.iso.date().nullable().catch(null),
  repeats: z.number().int().nullable().catch(null),
  replaces: z.number().int().nullable().catch(null),
})

export type Extracted = z.output<typeof found>

const INSTRUCTIONS = `You keep the long-term memory of one person. Read their last message and write down what they stated in it about themselves, their people, their plans and their life that will still matter in months. Most messages hold nothing of the kind: then the list is empty.

Rules
- One fact each, a short sentence in the person's own words, language and first person ("I moved to Porto in May").
- Make it understandable alone: put names in place of "she" or "there" if the conversation tells them.
- Only what the person states as true. No questions, wishes for this conversation, supposing, jokes, quotations, stories of others, general knowledge, and nothing of what the assistant said.
- certain: true only for plain facts of their life; false when it is likely, passing or your reading of it.
- kind: ${KINDS.join(', ')}.
- people, places: the names that occur in the fact, as written.
- until: the last day on which it still matters (YYYY-MM-DD), if it has one; else null.
- repeats: the number of the known memory that says the same; replaces: the number of the one that is no longer true because of it; else null.

Answer with JSON alone: {"memories":[{"text":"…","kind":"…","certain":true,"people":[],"places":[],"until":null,"repeats":null,"replaces":null}]}`

export function formFor({ before, known, text, saidAt }: Exchange): Form {
  const parts = [
    `Today is ${saidAt.toISOString().slice(0, 10)}.`,
    known.length > 0
      ? `Known memories:\n${known.map((memory, at) => `${at + 1}. ${memory.text}`).join('\n')}`
      : 'No memories are known.',
    ...(before.length > 0
      ? [`Said before:\n${before.map(({ author, text: said }) => `${author}: ${said}`).join('\n')}`]
      : []),
    `The person's last message:\n${text}`,
  ]
  return { instructions: INSTRUCTIONS, text: parts.join('\n\n'), schema }
}

/**
 * What a model wrote, as far as it can be made out: fences and words around the JSON are passed over, and so is an entry
 * that is none. Null when there is no list at all.
 */
export function readForm(written: string): Extracted[] | null {
  for (const start of ['{', '[']) {
    const from = written.indexOf(start)
    const to = written.lastIndexOf(start === '{' ? '}' : ']')
    if (from < 0 || to < from) continue
    const list = listIn(written.slice(from, to + 1))
    if (list) return list.slice(0, MOST).flatMap((entry) => found.safeParse(entry).data ?? [])
  }
  return null
}

function listIn(json: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(json)
    const list = typeof value === 'object' && value !== null && 'memories' in value ? value.memories : value
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}
