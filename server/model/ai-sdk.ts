import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, type LanguageModel as Backend, Output, streamText } from 'ai'
import type { Clock } from '#shared/clock.ts'
import { CUT_OFF, modelFailure, UNREADABLE } from './failures.ts'
import { type ConnectedModel, type Form, ModelFailure, type ModelSettings, type Prompt, type Turn } from './model.ts'

/** How long a model may be silent, in milliseconds. A local one may have to be loaded before its first word. */
const FIRST_WORD_MS = 180_000
const NEXT_WORD_MS = 60_000

const CONTINUE =
  'Your last answer was cut off. Continue it exactly where it stopped: repeat nothing, announce nothing, and begin ' +
  'in the middle of a word if that is where it stopped.'

/** A language model behind an HTTP API, by the AI SDK. */
export function createAiSdkModel(settings: ModelSettings, clock: Clock): ConnectedModel {
  const backend = connect(settings)
  const { name } = settings
  return {
    name,
    reply: (prompt, signal) => stream(backend, name, given(prompt), signal, clock),
    fillIn: (form, signal) => fillIn((asked) => stream(backend, name, asked, signal, clock), form),
  }
}

function connect({ provider, name, baseUrl, apiKey }: ModelSettings): Backend {
  const options = { apiKey: apiKey ?? undefined, baseURL: baseUrl ?? undefined, fetch: fetchAnswer }
  if (provider === 'anthropic') return createAnthropic(options)(name)
  if (provider === 'openai') return createOpenAI(options)(name)
  return createOpenAICompatible({
    ...options,
    name: 'openai-compatible',
    baseURL: baseUrl ?? '',
    supportsStructuredOutputs: true,
  })(name)
}

/** A page instead of an answer would read as an answer without a word: it comes from a proxy, or the address is wrong. */
const fetchAnswer: typeof fetch = async (...call) => {
  const response = await fetch(...call)
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/html')) return response
  await response.body?.cancel()
  throw new ModelFailure(UNREADABLE)
}

interface Asked extends Pick<Parameters<typeof streamText>[0], 'output'> {
  system: string
  messages: { role: 'user' | 'assistant'; content: string }[]
  /** Part of the answer is there: it may be all of it, so that a model without another word has answered. */
  begun?: boolean
}

/** A server that knows no forms is asked for the same in words alone. */
async function fillIn(ask: (asked: Asked) => AsyncIterable<string>, { instructions, text, schema }: Form) {
  const asked: Asked = { system: instructions, messages: [{ role: 'user', content: text }] }
  try {
    return await whole(ask({ ...asked, output: Output.object({ schema }) }))
  } catch (error) {
    const refusal = error instanceof ModelFailure && APICallError.isInstance(error.cause) ? error.cause.statusCode : 0
    if (refusal !== 400 && refusal !== 422) throw error
    return whole(ask(asked))
  }
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

async function* stream(
  backend: Backend,
  name: string,
  { begun = false, ...asked }: Asked,
  signal: AbortSignal,
  clock: Clock,
) {
  const silence = new AbortController()
  const watch = (ms: number) =>
    clock.after(ms, () => silence.abort(new ModelFailure('The model stopped answering: retry, or continue from here.')))
  let unwatch = watch(FIRST_WORD_MS)
  let heard = false
  try {
    const { fullStream } = streamText({
      model: backend,
      ...asked,
      abortSignal: AbortSignal.any([signal, silence.signal]),
      // A refusal is shown at once, with Retry, rather than after a silence.
      maxRetries: 0,
      // The error comes through the stream; the SDK would also print it.
      onError: () => {},
    })
    for await (const part of fullStream) {
      unwatch()
      unwatch = watch(NEXT_WORD_MS)
      if (part.type === 'error') throw part.error
      if (part.type === 'abort') break
      if (part.type === 'text-delta' && part.text !== '') {
        heard = true
        yield part.text
      }
      if (part.type === 'finish') ended(part.finishReason, part.rawFinishReason, { heard, begun })
    }
  } catch (error) {
    if (!signal.aborted && !silence.signal.aborted) throw modelFailure(error, name)
  } finally {
    unwatch()
  }
  if (silence.signal.aborted) throw silence.signal.reason
}

function ended(reason: string, raw: string | undefined, { heard, begun }: { heard: boolean; begun: boolean }) {
  if (reason === 'length')
    throw new ModelFailure('The model reached the length it may write at once: continue from here.')
  if (reason === 'content-filter')
    throw new ModelFailure('The model’s provider withheld the answer: put it another way.')
  if (reason === 'tool-calls' && !heard) {
    throw new ModelFailure('The model asked for a tool instead of answering, and there is none here: retry.')
  }
  // OpenAI says of a whole answer only that it is complete.
  if (raw === undefined && reason !== 'stop') throw new ModelFailure(CUT_OFF)
  if (!heard && !begun) throw new ModelFailure('The model answered nothing: retry, or put it another way.')
}

/** Instructions apart from what was said, as providers want them. */
function given({ turns, partial }: Prompt): Asked {
  const written: Turn[] = partial
    ? [
        { role: 'assistant', text: partial },
        { role: 'user', text: CONTINUE },
      ]
    : []
  const system = turns.flatMap(({ role, text }) => (role === 'system' ? text : [])).join('\n\n')
  const said = [...turns, ...written].flatMap(({ role, text }) => (role === 'system' ? [] : { role, content: text }))
  return { system, messages: said, begun: partial !== '' }
}
