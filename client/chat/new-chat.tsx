import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { v7 as uuid } from 'uuid'
import { Coin } from '#client/ui/coin.tsx'
import { useChat, useSend } from './chat-context.tsx'
import { Composer } from './composer.tsx'
import { ConnectionNote } from './connection-note.tsx'

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
  const { drafts } = useChat()
  const [temporary, setTemporary] = useState(false)
  const [begun, setBegun] = useState(0)

  const begin = (text: string) => {
    const threadId = uuid()
    send({ threadId, parentId: null, text, newThread: true, temporary })
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
        className="pointer-events-none absolute top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2 text-line opacity-45 [&_*]:[stroke-width:.35]"
      />
      <div className="relative mx-auto w-full max-w-[38rem] py-10">
        <h1 className="text-balance font-serif text-4xl leading-tight tracking-tight sm:text-5xl">
          {greeting(new Date())}
        </h1>
        <p className="mt-3 mb-8 text-ink-soft">
          What you tell me, I keep. You can see it, correct it and take it along.
        </p>
        <Composer key={begun} draftOf={DRAFT} running={false} onSend={begin} onStop={() => undefined}>
          <ConnectionNote />
        </Composer>
        <label className="mt-3 flex w-fit cursor-pointer items-center gap-2 px-1 text-ink-soft text-sm">
          <input
            type="checkbox"
            checked={temporary}
            onChange={(event) => setTemporary(event.target.checked)}
            className="accent-verdigris"
          />
          Leave nothing behind: neither remembered nor searchable
        </label>
        <ul aria-label="Ways to begin" className="mt-8 divide-y divide-line border-line border-y">
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
