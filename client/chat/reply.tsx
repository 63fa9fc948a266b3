import { RotateCcw, StepForward } from 'lucide-react'
import { lazy, memo, Suspense, useState } from 'react'
import { Button, IconButton } from '#client/ui/button.tsx'
import { Coin } from '#client/ui/coin.tsx'
import { usePerson } from '#client/ui/person.ts'
import type { Message } from '#shared/chat.ts'
import { MessageActions } from './message-actions.tsx'
import { RecalledNotes } from './recalled-notes.tsx'
import { ConcealedNote, RememberButtons } from './remember-buttons.tsx'
import { ReplyText } from './reply-text.tsx'
import { Siblings } from './siblings.tsx'
import type { TurnActions } from './turn-actions.ts'
import { useTail } from './use-tail.ts'

const ReplyContext = lazy(() => import('./reply-context.tsx'))

interface ReplyProps {
  reply: Message
  siblings: readonly string[]
  last: boolean
  pending: boolean
  running: boolean
  temporary: boolean
  actions: TurnActions
}

export const Reply = memo(function Reply(props: ReplyProps) {
  const { reply, last, running, actions } = props
  const writing = reply.status === 'streaming'
  return (
    <article
      aria-label="Moneta"
      aria-busy={writing}
      id={reply.id}
      tabIndex={-1}
      className="rounded-one outline-offset-8 group/message mt-4 scroll-mt-16"
    >
      {writing ? <Writing reply={reply} pending={props.pending} /> : <ReplyText text={reply.text} unfinished={false} />}
      {reply.status === 'failed' && (
        <div role="alert" className="mt-3 flex flex-wrap items-center gap-3 border-harm border-l-2 pl-3 text-sm">
          <span className="text-harm">{reply.failure ?? 'This reply failed.'}</span>
          <Button disabled={running} onClick={() => actions.regenerate(reply)}>
            <RotateCcw className="size-3.5" />
            Retry
          </Button>
        </div>
      )}
      {reply.status === 'interrupted' && (
        <div className="mt-3 flex flex-wrap items-center gap-3 border-bronze border-l-2 pl-3 text-ink-soft text-sm">
          <span>The reply stopped here.</span>
          <Button disabled={running} onClick={() => actions.goOn(reply)}>
            <StepForward className="size-3.5" />
            Continue
          </Button>
        </div>
      )}
      <RecalledNotes reply={reply} />
      <ConcealedNote message={reply} actions={actions} />
      {!writing && (
        <div className="-ml-2 mt-1">
          <MessageActions text={reply.text} always={last}>
            {!running && (
              <>
                <IconButton label="Answer again" onClick={() => actions.regenerate(reply)}>
                  <RotateCcw />
                </IconButton>
                <RememberButtons message={reply} temporary={props.temporary} actions={actions} />
              </>
            )}
            <Siblings siblings={props.siblings} id={reply.id} onShow={(id) => actions.show(reply, id)} />
            {(reply.model !== null || reply.recalled.length > 0) && <ModelName reply={reply} />}
          </MessageActions>
        </div>
      )}
    </article>
  )
})

/** A reply being written: the only part of the thread that is drawn again while it comes. */
function Writing({ reply, pending }: { reply: Message; pending: boolean }) {
  const text = useTail(reply, !pending)
  const { connection } = usePerson()
  if (text !== '') return <ReplyText text={text} unfinished />
  const waits = pending && (connection === 'offline' || connection === 'reconnecting')
  return (
    <p className="flex items-center gap-2 text-ink-soft">
      <Coin size={16} className="waits text-verdigris" />
      {waits ? 'Waiting for the connection. Your words are safe.' : 'Thinking'}
    </p>
  )
}

/** Which model answered, if any; pressed, what it was given. */
function ModelName({ reply }: { reply: Message }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        title="What the model was given"
        onClick={() => setOpen(true)}
        className="touch ml-2 text-ink-soft text-xs underline decoration-line underline-offset-4 hover:text-ink"
      >
        {reply.model ?? 'No model'}
      </button>
      {open && (
        <Suspense fallback={null}>
          <ReplyContext replyId={reply.id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
