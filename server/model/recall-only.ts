import type { Hit } from '#shared/memory.ts'
import type { LanguageModel, Prompt } from './model.ts'

/** Quotations in an answer, and in an acknowledgement. */
const QUOTED = 4
const REMINDED = 2
/** A hit below this share of the best one's score is not worth quoting. */
const WORTH_QUOTING = 0.35
const QUOTE_LENGTH = 280

const ENDS_AS_QUESTION = /[?？؟]\s*$/
const QUESTION =
  /[?？؟]\s*$|^\s*(who|whom|whose|what|when|where|why|which|how|do|does|did|is|are|was|were|can|could|should|would|will|have|has|am|tell me|remind me|show me|find)\b/i

/** Answers without a language model: with what was said, word for word, and when. */
export const recallOnly: LanguageModel = {
  name: null,
  /** A question that was asked before answers nothing, though it is about the same. */
  quotes(recalled, said) {
    const answers = recalled.filter(({ text }) => !ENDS_AS_QUESTION.test(text))
    const least = (answers[0]?.score ?? 0) * WORTH_QUOTING
    const limit = QUESTION.test(said) ? QUOTED : REMINDED
    const chosen: Hit[] = []
    for (const hit of answers) {
      const says = plain(hit.text)
      const known = chosen.some((other) => plain(other.text).includes(says) || says.includes(plain(other.text)))
      if (hit.score >= least && !known) chosen.push(hit)
      if (chosen.length === limit) break
    }
    return chosen
  },
  async *reply(prompt, signal) {
    const answer = compose(prompt)
    const rest = answer.startsWith(prompt.partial) ? answer.slice(prompt.partial.length) : `\n\n${answer}`
    for (const piece of rest.match(/\s*\S+/g) ?? []) {
      if (signal.aborted) return
      yield piece
    }
  },
}

function compose(prompt: Prompt): string {
  const said = prompt.turns.findLast((turn) => turn.role === 'user')?.text ?? ''
  const first = !prompt.turns.some((turn) => turn.role === 'assistant')
  const body = QUESTION.test(said) ? answer(prompt) : acknowledgement(prompt)
  return `${body}\n\n${first ? HOW_TO_CONNECT : 'No language model is connected, so these are quotations.'}`
}

const HOW_TO_CONNECT =
  'No language model is connected, so I can only quote what you told me. To connect one, set `MODEL_PROVIDER` and ' +
  '`MODEL` (and `MODEL_BASE_URL` or `MODEL_API_KEY`) as `.env.example` shows, then restart.'

function answer(prompt: Prompt): string {
  if (prompt.recalled.length > 0) return `Here is what I remember:\n\n${quotations(prompt)}`
  return prompt.remembers
    ? 'I found nothing about that in what you have told me. Tell me, and I will find it next time.'
    : 'I found nothing about that in what you have told me.'
}

function acknowledgement(prompt: Prompt): string {
  const kept = prompt.remembers ? 'Noted; ask me about it any time.' : 'I hear you; nothing said here is remembered.'
  return prompt.recalled.length > 0 ? `${kept} It goes with this:\n\n${quotations(prompt)}` : kept
}

function quotations({ recalled, timeZone, locale }: Prompt): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone })
  return recalled
    .map((hit) => `- ${day.format(new Date(hit.createdAt))}, ${speaker(hit)}: “${shorten(hit.text)}”`)
    .join('\n')
}

function speaker(hit: Hit): string {
  if (hit.author === 'assistant') return 'I wrote'
  return hit.authorName ? `${hit.authorName} wrote` : 'you wrote'
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= QUOTE_LENGTH) return line
  const cut = line
    .slice(0, QUOTE_LENGTH)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
  return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : cut.length)}…`
}
