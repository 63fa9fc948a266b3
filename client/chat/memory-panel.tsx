import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { IconButton } from '#client/ui/button.tsx'
import { MemoryDetail } from '#client/ui/memory/memory-detail.tsx'
import { NetworkView } from '#client/ui/network/network-view.tsx'

interface MemoryPanelProps {
  threadId: string | undefined
  onClose: () => void
}

/** The network beside the chat: it grows as memories are made, and what the last reply recalled lights up. */
export function MemoryPanel({ threadId, onClose }: MemoryPanelProps) {
  const [opened, setOpened] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const [ofReply, setOfReply] = useState(false)
  const thread = trpc.chat.thread.useQuery({ id: threadId ?? '' }, { enabled: false })
  const reply = thread.data?.messages.findLast((message) => message.author === 'assistant')
  const lit = useMemo(
    () => new Set(reply?.recalled.filter((each) => each.kind === 'memory').map((each) => each.id)),
    [reply],
  )
  const part = useMemo(() => (ofReply && reply && lit.size > 0 ? { replyId: reply.id } : {}), [ofReply, reply, lit])

  return (
    <section aria-label="Memory" className="flex h-full min-h-0 flex-col overflow-y-auto p-4">
      <div className="flex items-center justify-between">
        <h2 className="font-serif text-xl">Memory</h2>
        <IconButton label="Fold the memory away" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <input
        type="search"
        aria-label="Find in the network"
        placeholder="Find"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="touch mt-2 w-full rounded-one border border-line-strong bg-paper-lift px-3 py-1.5 text-sm"
      />
      <div className="mt-3">
        <NetworkView
          part={part}
          lit={lit}
          search={search}
          onClearSearch={() => setSearch('')}
          selected={opened}
          onSelect={setOpened}
          size="small"
        />
      </div>
      {lit.size > 0 && (
        <p className="mt-2 text-sm text-verdigris">
          {lit.size === 1 ? 'One memory was' : `${lit.size} memories were`} recalled for the last reply.{' '}
          <button
            type="button"
            aria-pressed={ofReply}
            onClick={() => setOfReply(!ofReply)}
            className="touch underline underline-offset-4"
          >
            {ofReply ? 'Show the strongest again' : 'Show only what hangs together with it'}
          </button>
        </p>
      )}
      {opened && (
        <div className="mt-4 border-line border-t pt-4">
          <MemoryDetail key={opened} id={opened} onGone={() => setOpened(null)} />
        </div>
      )}
    </section>
  )
}
