import { trpc } from '#client/trpc.ts'
import { AskTwice } from '#client/ui/ask-twice.tsx'
import type { Source } from '#shared/memory.ts'
import { Folded } from './folded.tsx'
import { SourceLink } from './source-link.tsx'
import { useMemoryActions } from './use-memory-actions.ts'

interface SaidInProps {
  sources: Source[]
  /** After all that came from the chat was forgotten. */
  onGone: () => void
}

/** The messages a memory was said in; what came from the same chat can be forgotten with it. */
export function SaidIn({ sources, onGone }: SaidInProps) {
  const { forgetMany } = useMemoryActions()
  const [first] = sources
  const oneChat = first && sources.every(({ threadId }) => threadId === first.threadId)
  const threadId = oneChat ? first.threadId : undefined
  const matching = trpc.memory.matching.useQuery({ threadId }, { enabled: threadId !== undefined })
  const total = matching.data?.total ?? 0
  return (
    <>
      <Folded each={sources.map((source) => <SourceLink key={source.messageId} source={source} />)} />
      {threadId && total > 1 && (
        <span className="-ml-3 block">
          <AskTwice
            label={`Forget all ${total.toLocaleString()} from this chat`}
            again={`Really forget all ${total.toLocaleString()}?`}
            disabled={forgetMany.isPending}
            onConfirm={() => forgetMany.mutate({ threadId }, { onSuccess: onGone })}
          />
        </span>
      )}
    </>
  )
}
