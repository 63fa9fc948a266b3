import { useEffect, useRef, useState } from 'react'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'
import { useChat, useSend } from './chat-context.tsx'
import { Composer } from './composer.tsx'
import { ConnectionNote } from './connection-note.tsx'
import { FinishedNotice } from './finished-notice.tsx'
import { JumpToLatest } from './jump-to-latest.tsx'
import { ModelPicker } from './model-picker.tsx'
import { MoreMessages } from './more-messages.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { Turn, turnsOf } from './turn.tsx'
import { useTurnActions } from './turn-actions.ts'
import { useEscape } from './use-escape.ts'
import { useFollow } from './use-follow.ts'
import { useJumpTo } from './use-jump-to.ts'
import { usePath } from './use-path.ts'
import { useReadingPlace } from './use-reading-place.ts'
import { useThreadChanges } from './use-thread-changes.ts'
import { useKnownThread } from './use-threads.ts'
import type { Goal } from './use-window.ts'

interface ThreadViewProps {
  threadId: string
  /** A message to show, another one each time a link is followed. */
  link: Goal | null
}

/** One conversation: what was said, and the place to say more. */
export function ThreadView({ threadId, link }: ThreadViewProps) {
  const view = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const { drafts, places } = useChat()
  const send = useSend()
  const [place] = useState(() => places.read(threadId))
  const goal = link ?? place
  const thread = usePath(threadId, goal)
  const { query, path, end: newest, pending, show, away, toEnd } = thread
  const known = useKnownThread(threadId)
  const { chooseModel } = useThreadChanges()
  const { tell, stay, detached } = useFollow({ view, text, end })
  const [taken, setTaken] = useState(0)
  const [anchor, setAnchor] = useState(thread.beginsHere ? 1 : 0)
  const actions = useTurnActions(threadId, {
    show,
    begun() {
      toEnd()
      setAnchor((count) => count + 1)
    },
    compose(words) {
      drafts.write(threadId, [drafts.read(threadId), words].filter(Boolean).join('\n'))
      setTaken((count) => count + 1)
    },
  })

  const turns = turnsOf(path)
  const leaf = newest.at(-1)?.message
  const running = newest.find(({ message }) => message.status === 'streaming' && !pending.has(message.id))?.message
  const empty = path.length === 0
  const late = useDelayed(empty && (query.isLoading || away))
  const opened = !empty
  const linked = useJumpTo({ goal, thread, view, onThere: stay })
  useReadingPlace(threadId, view, detached || away)
  useEscape(running !== undefined, () => running && actions.stop(running))

  useEffect(() => {
    if (opened && !linked) tell({ type: 'opened' })
  }, [opened, linked, tell])
  useEffect(() => {
    if (anchor > 0) tell({ type: 'sent' })
  }, [anchor, tell])

  const say = (words: string) => {
    send({ threadId, parentId: leaf?.id ?? null, text: words })
    places.write(threadId, null)
    toEnd()
    setAnchor((count) => count + 1)
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div ref={view} className="relative min-h-0 flex-1 overflow-y-auto [container-type:size]" data-thread>
        <div ref={text} className="mx-auto max-w-reading px-5 pb-10">
          <MoreMessages label="Earlier messages" cursor={thread.earlier} load={thread.loadEarlier} view={view} />
          {query.isError && empty && (
            <div className="py-10">
              <Trouble what="This chat could not be opened." why={query.error.message} onRetry={query.refetch} />
            </div>
          )}
          {late && <ThreadSkeleton />}
          <div role="log" aria-label="Conversation" aria-live="off">
            {turns.map((messages, index) => (
              <Turn
                key={messages[0]?.message.id}
                messages={messages}
                last={index === turns.length - 1}
                anchored={anchor > 0 && index === turns.length - 1}
                pending={pending}
                running={running !== undefined}
                temporary={known?.temporary === true}
                actions={actions}
                end={index === turns.length - 1 ? end : undefined}
              />
            ))}
          </div>
          <MoreMessages label="Later messages" cursor={thread.later} load={thread.loadLater} view={view} />
        </div>
      </div>
      <div className="relative mx-auto w-full max-w-[calc(var(--reading)+1rem)] px-3 before:absolute before:inset-x-0 before:-top-6 before:h-6 before:bg-linear-to-t before:from-paper before:to-transparent before:pointer-events-none pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <JumpToLatest
          shown={detached || away}
          onJump={() => {
            toEnd()
            tell({ type: 'jumped' })
          }}
        />
        <Composer
          key={taken}
          draftOf={threadId}
          temporary={known?.temporary}
          running={running !== undefined}
          onSend={say}
          onStop={() => running && actions.stop(running)}
        >
          {known && <ModelPicker chosen={known.model} onChoose={(model) => chooseModel(known, model)} />}
          <ConnectionNote running={running !== undefined} />
        </Composer>
      </div>
      <FinishedNotice running={running !== undefined} />
    </div>
  )
}
