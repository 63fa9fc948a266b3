import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { type ReactNode, useEffect, useState } from 'react'
import { FoundWords } from '#client/chat/found-message.tsx'
import { useThreadSearch } from '#client/chat/use-thread-search.ts'
import { useThreads } from '#client/chat/use-threads.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { jumpOnce } from '#client/ui/jump.ts'
import { setTheme } from '#client/ui/theme.ts'
import { useSessionView } from './session-view.ts'

interface Choice {
  id: string
  words: ReactNode
  run: () => unknown
}

/** Everything by name: go to a chat or to what was said in one, or do one of the few things there are to do. */
export default function CommandMenu({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [selected, setSelected] = useState('')
  const { groups, searching } = useChoices(typed)
  const ids = groups.flatMap(([, choices]) => choices.map(({ id }) => id))
  const first = ids[0] ?? ''
  const gone = !ids.includes(selected)
  useEffect(() => {
    if (gone) setSelected(first)
  }, [gone, first])
  return (
    <Dialog label="Commands" place="top" onClose={onClose}>
      <Command label="Commands" shouldFilter={false} value={selected} onValueChange={setSelected}>
        <Command.Input
          data-focus
          placeholder="Find what was said, go to a chat, or do something"
          value={typed}
          onValueChange={setTyped}
          maxLength={500}
          className="w-full rounded-none! border-line border-b bg-transparent px-4 py-3.5 font-serif text-lg outline-none"
        />
        <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5">
          {ids.length === 0 && (
            <p role="status" className="px-3 py-6 text-ink-soft text-sm">
              {searching ? 'Searching' : 'Nothing by that name, and nothing said.'}
            </p>
          )}
          {groups.map(([heading, choices]) => (
            <Command.Group
              key={heading}
              heading={heading}
              className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-serif [&_[cmdk-group-heading]]:text-ink-soft [&_[cmdk-group-heading]]:italic"
            >
              {choices.map(({ id, words, run }) => (
                <Command.Item
                  key={id}
                  value={id}
                  onSelect={() => {
                    onClose()
                    void run()
                  }}
                  className="touch cursor-pointer rounded-one px-3 py-2 text-sm data-[selected=true]:bg-paper-deep data-[selected=true]:text-verdigris"
                >
                  {words}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/** What there is to choose from once so much is typed; a group without choices is left out. */
function useChoices(typed: string): { groups: [heading: string, choices: Choice[]][]; searching: boolean } {
  const navigate = useNavigate()
  const { signOut } = useSessionView()
  const { threads } = useThreads()
  const { search, searching } = useThreadSearch(typed)
  const found = typed.trim() === '' ? undefined : search.data
  const words = typed.toLowerCase().split(/\s+/)
  const fits = (name: string) => words.every((word) => name.toLowerCase().includes(word))
  const open = (threadId: string, message?: string) =>
    navigate({ to: '/chat/$threadId', params: { threadId }, search: { message }, state: jumpOnce })

  const actions: [name: string, run: () => unknown][] = [
    ['New chat', () => navigate({ to: '/new' })],
    ['Temporary chat', () => navigate({ to: '/new', search: { temporary: true } })],
    ['What I remember', () => navigate({ to: '/memory' })],
    ['Your account', () => navigate({ to: '/account' })],
    ['Colours: paper', () => setTheme('light')],
    ['Colours: ink', () => setTheme('dark')],
    ['Colours: as the system', () => setTheme('system')],
    ['Sign out', signOut],
  ]
  const chats = new Map(
    [...threads.filter(({ title }) => fits(title)), ...(found?.threads ?? [])].map((it) => [it.id, it]),
  )
  const groups: [string, Choice[]][] = [
    ['Do', actions.filter(([name]) => fits(name)).map(([name, run]) => ({ id: name, words: name, run }))],
    [
      'Chats',
      [...chats.values()].map(({ id, title }) => ({
        id,
        words: <span className="block truncate">{title || 'New chat'}</span>,
        run: () => open(id),
      })),
    ],
    [
      'Said',
      (found?.messages ?? []).map((message) => ({
        id: message.id,
        words: <FoundWords found={message} />,
        run: () => open(message.threadId, message.id),
      })),
    ],
  ]
  return { groups: groups.filter(([, choices]) => choices.length > 0), searching }
}
