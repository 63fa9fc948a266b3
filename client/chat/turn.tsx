import type { RefObject } from 'react'
import { cx } from '#client/ui/cx.ts'
import type { Placed } from './branches.ts'
import { Reply } from './reply.tsx'
import type { TurnActions } from './turn-actions.ts'
import { UserMessage } from './user-message.tsx'

interface TurnProps {
  messages: readonly Placed[]
  last: boolean
  /** Just sent: room is made below it, so that it can stand near the top. */
  anchored: boolean
  pending: ReadonlySet<string>
  running: boolean
  temporary: boolean
  actions: TurnActions
  /** Stands where the text of the last turn ends. */
  end?: RefObject<HTMLDivElement | null>
}

/** What was said and what was answered, as one entry of the notebook. */
export function Turn({ messages, last, anchored, pending, running, temporary, actions, end }: TurnProps) {
  return (
    <section
      data-turn
      className={cx(
        '-mx-5 scroll-mt-2 px-5 py-6 before:mb-6 before:block before:border-line before:border-t first-of-type:before:hidden',
        // The last one too, so that its height is known when the next one comes and the view moves there.
        '[contain-intrinsic-size:auto_16rem] [content-visibility:auto]',
        anchored && 'min-h-[calc(100cqh-2rem)]',
      )}
    >
      {messages.map(({ message, siblings }, index) =>
        message.author === 'user' ? (
          <UserMessage
            key={message.id}
            message={message}
            siblings={siblings}
            pending={pending.has(message.id)}
            running={running}
            temporary={temporary}
            actions={actions}
          />
        ) : (
          <Reply
            key={message.id}
            reply={message}
            siblings={siblings}
            last={last && index === messages.length - 1}
            pending={pending.has(message.id)}
            running={running}
            temporary={temporary}
            actions={actions}
          />
        ),
      )}
      {end && <div ref={end} />}
    </section>
  )
}

/** The path cut into turns: each begins with what the person said. */
export function turnsOf(path: readonly Placed[]): Placed[][] {
  const turns: Placed[][] = []
  for (const placed of path) {
    const turn = turns.at(-1)
    if (turn && placed.message.author === 'assistant') turn.push(placed)
    else turns.push([placed])
  }
  return turns
}
