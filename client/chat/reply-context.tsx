import { trpc } from '#client/trpc.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { Trouble } from '#client/ui/trouble.tsx'
import { useDelayed } from '#client/ui/use-delayed.ts'

interface ReplyContextProps {
  replyId: string
  onClose: () => void
}

const who = { system: 'Instructions and memory', user: 'You', assistant: 'Moneta' }

/** What was put before the language model for one reply, to the letter. */
export default function ReplyContext({ replyId, onClose }: ReplyContextProps) {
  const query = trpc.chat.context.useQuery({ replyId })
  const late = useDelayed(query.isPending)
  return (
    <Dialog label="What the model was given" place="right" onClose={onClose}>
      <div className="p-6">
        <h2 className="font-serif text-xl">What the model was given</h2>
        {query.isError && (
          <div className="mt-4">
            <Trouble what="This could not be opened." why={query.error.message} onRetry={query.refetch} />
          </div>
        )}
        {late && <div className="waits mt-4 h-40 rounded-one bg-paper-deep" />}
        {query.data && query.data.omitted > 0 && (
          <p className="mt-2 text-ink-soft text-sm">{query.data.omitted} earlier messages did not fit.</p>
        )}
        <ol className="mt-4 space-y-5">
          {query.data?.turns.map((turn, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the turns of one reply never change
            <li key={index}>
              <h3 className="font-medium text-ink-soft text-xs">{who[turn.role]}</h3>
              <p dir="auto" className="mt-1 whitespace-pre-wrap text-sm leading-relaxed [overflow-wrap:anywhere]">
                {turn.text}
              </p>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  )
}
