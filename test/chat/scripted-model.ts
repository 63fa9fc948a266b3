import type { LanguageModel, Prompt } from '#server/model/model.ts'

/** One reply that the model was asked for, written by the test. */
export interface Writing {
  prompt: Prompt
  signal: AbortSignal
  say(text: string): void
  end(): void
  fail(error: Error): void
}

export interface ScriptedModel extends LanguageModel {
  /** The next reply that is asked for, or was asked for and not taken yet. */
  next(): Promise<Writing>
  readonly calls: number
}

type Step = { say: string } | { end: true } | { fail: Error }

/** A language model that says what the test tells it to, when it tells it to. */
export function createScriptedModel(name: string | null = 'scripted'): ScriptedModel {
  const asked: Writing[] = []
  let waiting: ((writing: Writing) => void)[] = []
  let calls = 0

  function offer(writing: Writing) {
    const taker = waiting.shift()
    if (taker) taker(writing)
    else asked.push(writing)
  }

  return {
    name,
    get calls() {
      return calls
    },
    next() {
      const writing = asked.shift()
      return writing ? Promise.resolve(writing) : new Promise((resolve) => (waiting = [...waiting, resolve]))
    },
    async *reply(prompt, signal) {
      calls += 1
      const steps: Step[] = []
      let wake = () => {}
      const add = (step: Step) => {
        steps.push(step)
        wake()
      }
      offer({
        prompt,
        signal,
        say: (text) => add({ say: text }),
        end: () => add({ end: true }),
        fail: (error) => add({ fail: error }),
      })
      signal.addEventListener('abort', () => wake())
      while (!signal.aborted) {
        const step = steps.shift()
        if (!step) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        } else if ('say' in step) {
          yield step.say
        } else if ('fail' in step) {
          throw step.fail
        } else {
          return
        }
      }
    },
  }
}
