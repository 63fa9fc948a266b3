import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useThreads } from '#client/chat/use-threads.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { setTheme } from '#client/ui/theme.ts'
import { useSessionView } from './session-view.ts'

const item =
  'flex cursor-pointer items-center gap-3 rounded-one px-3 py-2 text-sm data-[selected=true]:bg-paper-deep data-[selected=true]:text-verdigris'
const group =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-serif [&_[cmdk-group-heading]]:text-ink-soft [&_[cmdk-group-heading]]:italic'

/** Everything by name: go to a chat, or do one of the few things there are to do. */
export default function CommandMenu({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const { threads } = useThreads()
  const { signOut } = useSessionView()
  const actions: [name: string, run: () => unknown][] = [
    ['New chat', () => navigate({ to: '/new' })],
    ['What I remember', () => navigate({ to: '/memory' })],
    ['Colours: paper', () => setTheme('light')],
    ['Colours: ink', () => setTheme('dark')],
    ['Colours: as the system', () => setTheme('system')],
    ['Sign out', signOut],
  ]
  return (
    <Dialog label="Commands" place="top" onClose={onClose}>
      <Command label="Commands">
        <Command.Input
          data-focus
          placeholder="Go to a chat, or do something"
          className="w-full border-line border-b bg-transparent px-4 py-3.5 font-serif text-lg outline-none"
        />
        <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-ink-soft text-sm">Nothing by that name.</Command.Empty>
          <Command.Group heading="Do" className={group}>
            {actions.map(([name, run]) => (
              <Command.Item
                key={name}
                className={item}
                onSelect={() => {
                  onClose()
                  void run()
                }}
              >
                {name}
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Chats" className={group}>
            {threads.map((thread) => (
              <Command.Item
                key={thread.id}
                value={`${thread.title} ${thread.id}`}
                className={item}
                onSelect={() => {
                  onClose()
                  void navigate({ to: '/chat/$threadId', params: { threadId: thread.id } })
                }}
              >
                <span className="truncate">{thread.title || 'New chat'}</span>
              </Command.Item>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  )
}
