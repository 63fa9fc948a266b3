import { useNavigate, useSearch } from '@tanstack/react-router'
import { EyeOff } from 'lucide-react'
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Coin } from '#client/ui/coin.tsx'
import { cx } from '#client/ui/cx.ts'
import { useChat, useSend } from './chat-context.tsx'
import { Composer } from './composer.tsx'
import { ConnectionNote } from './connection-note.tsx'
import { ModelPicker } from './model-picker.tsx'

const DRAFT = 'new'

const suggestions = [
  'Remember that my sister Ana lives in Porto and her birthday is on 9 May.',
  'What do you know about me?',
  'What did I say about my work last week?',
]

/** A fresh page: a greeting, a few ways to begin, and the place to write. */
export function NewChat() {
  const navigate = useNavigate()
  const send = useSend()
  const { drafts, modelChoice } = useChat()
  const [model, setModel] = useState(modelChoice.read)
  const { temporary = false } = useSearch({ strict: false })
  const [begun, setBegun] = useState(0)

  const begin = (text: string) => {
    const threadId = uuid()
    send({ threadId, parentId: null, text, newThread: true, temporary, model })
    void navigate({ to: '/chat/$threadId', params: { threadId } })
  }
  const suggest = (text: string) => {
    drafts.write(DRAFT, text)
    setBegun((count) => count + 1)
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col justify-center overflow-y-auto px-4">
      <Coin
        size={620}
        className={cx(
          'pointer-events-none absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 text-line opacity-45 [&_*]:[stroke-width:.35]',
          temporary && '[&_*]:[stroke-dasharray:.6_1]',
        )}
      />
      <div className="relative mx-auto w-full max-w-[38rem] py-10">
        <h1 className="text-balance font-serif text-4xl leading-tight tracking-tight sm:text-5xl">
          {temporary ? 'Between us, and then gone.' : greeting(new Date())}
        </h1>
        <p className="mt-3 mb-8 text-ink-soft">
          {temporary
            ? 'Nothing said here is remembered or found again; a day after the last word it is gone.'
            : 'What you tell me, I keep. You can see it, correct it and take it along.'}
        </p>
        <Composer
          key={begun}
          draftOf={DRAFT}
          temporary={temporary}
          running={false}
          onSend={begin}
          onStop={() => undefined}
        >
          <ModelPicker
            chosen={model}
            onChoose={(next) => {
              modelChoice.write(next)
              setModel(next)
            }}
          />
          <ConnectionNote />
        </Composer>
        <button
          type="button"
          aria-pressed={temporary}
          onClick={() => navigate({ to: '/new', search: temporary ? {} : { temporary: true }, replace: true })}
          className={cx(
            'touch mt-3 inline-flex items-center gap-2 rounded-one border px-2.5 py-1 text-sm transition-colors',
            temporary
              ? 'border-verdigris bg-verdigris-wash text-verdigris'
              : 'border-transparent text-ink-soft hover:bg-paper-deep hover:text-ink',
          )}
        >
          <EyeOff className="size-4" aria-hidden="true" />
          Temporary chat
        </button>
        {!temporary && (
          <ul aria-label="Ways to begin" className="mt-6 divide-y divide-line border-line border-y">
            {suggestions.map((text) => (
              <li key={text}>
                <button
                  type="button"
                  onClick={() => suggest(text)}
                  className="touch w-full px-1 py-2.5 text-left font-serif text-lg italic hover:text-verdigris"
                >
                  {text}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function greeting(now: Date): string {
  const hour = now.getHours()
  if (hour < 5) return 'Still up? I am listening.'
  if (hour < 12) return 'Good morning. What is on your mind?'
  if (hour < 18) return 'Good afternoon. What is on your mind?'
  return 'Good evening. What is on your mind?'
}
