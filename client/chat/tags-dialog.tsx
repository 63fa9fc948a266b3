import { X } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { trpc } from '#client/trpc.ts'
import { Button } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import type { ThreadSummary } from '#shared/chat.ts'
import { useThreadChanges } from './use-thread-changes.ts'

interface TagsDialogProps {
  thread: ThreadSummary
  onClose: () => void
}

/** The tags of one chat: each change is kept at once. */
export default function TagsDialog({ thread, onClose }: TagsDialogProps) {
  const { tag } = useThreadChanges()
  const known = trpc.chat.tags.useQuery()
  const [tags, setTags] = useState(thread.tags)
  const [text, setText] = useState('')
  const suggestions = useId()
  const keep = (next: string[]) => {
    setTags(next)
    void tag(thread, next).then((done) => done || setTags(tags))
  }
  const add = (event: FormEvent) => {
    event.preventDefault()
    const name = text.trim()
    if (name !== '' && !tags.includes(name)) keep([...tags, name])
    setText('')
  }
  return (
    <Dialog label="Tags" onClose={onClose}>
      <div className="p-5">
        <h2 className="font-serif text-xl">Tags</h2>
        <p className="truncate text-ink-soft text-sm">{thread.title || 'New chat'}</p>
        <ul aria-label="Tags of this chat" className="mt-3 flex flex-wrap gap-1.5">
          {tags.map((name) => (
            <li
              key={name}
              className="flex max-w-full items-center rounded-one border border-line bg-paper py-0.5 pl-2.5 text-sm"
            >
              <span className="truncate">{name}</span>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={() => keep(tags.filter((each) => each !== name))}
                className="touch inline-flex items-center justify-center px-2 py-1 text-ink-soft hover:text-ink"
              >
                <X className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={add} className="mt-3 flex gap-2">
          <input
            data-focus
            aria-label="New tag"
            placeholder={tags.length > 0 ? 'Another tag' : 'A word to find it by'}
            value={text}
            maxLength={60}
            list={suggestions}
            onChange={(event) => setText(event.target.value)}
            className="touch w-full min-w-0 rounded-one border border-line-strong bg-paper-lift px-3 py-1.5"
          />
          <datalist id={suggestions}>
            {known.data
              ?.filter((name) => !tags.includes(name))
              .map((name) => (
                <option key={name} value={name} />
              ))}
          </datalist>
          <Button type="submit" disabled={text.trim() === '' || tags.length >= 20}>
            Add
          </Button>
        </form>
        <div className="mt-5 flex justify-end">
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
