import { Link, useNavigate } from '@tanstack/react-router'
import { Ellipsis, LogOut, Monitor, Moon, SquarePen, Sun, UserRound } from 'lucide-react'
import { useState } from 'react'
import { ChatFinder } from '#client/chat/chat-finder.tsx'
import { Coin } from '#client/ui/coin.tsx'
import { LazyMenu } from '#client/ui/lazy-menu.tsx'
import { modifier } from '#client/ui/modifier.ts'
import { currentTheme, setTheme, type Theme } from '#client/ui/theme.ts'
import { SessionIndicator } from './session-indicator.tsx'
import { useSessionView } from './session-view.ts'

const themes: [Theme, string, typeof Sun][] = [
  ['system', 'Colours of the system', Monitor],
  ['light', 'Paper', Sun],
  ['dark', 'Ink', Moon],
]

const link =
  'touch flex items-center gap-2.5 rounded-one px-2.5 py-1.5 text-sm hover:bg-paper/60 [&.active]:bg-paper [&.active]:font-medium'

/** The way to everything: new chat, memory, all chats, the session and how the page looks. */
export function Sidebar() {
  const { signOut } = useSessionView()
  const navigate = useNavigate()
  const [theme, choose] = useState(currentTheme)
  return (
    <div className="flex h-full min-h-0 flex-col bg-paper-deep">
      <Link to="/" className="flex items-center gap-2.5 px-4 pt-4 pb-3 text-verdigris">
        <Coin size={22} />
        <span className="font-serif text-2xl text-ink tracking-tight">Moneta</span>
      </Link>
      <div className="space-y-0.5 px-2 pb-2">
        <Link to="/new" className={link} title={`New chat (${modifier}+Shift+O)`}>
          <SquarePen className="size-4 text-ink-soft" aria-hidden="true" />
          New chat
        </Link>
        <Link to="/memory" className={link}>
          <Coin size={16} className="text-bronze" />
          What I remember
        </Link>
      </div>
      <ChatFinder />
      <div className="flex items-center justify-between gap-2 border-line border-t py-1.5 pr-1.5 pl-4">
        <SessionIndicator />
        <LazyMenu
          label="Look and account"
          icon={<Ellipsis />}
          items={[
            ...themes.map(([value, label, Icon]) => ({
              label,
              icon: <Icon />,
              checked: theme === value,
              onSelect: () => {
                setTheme(value)
                choose(value)
              },
            })),
            {
              label: 'Your account',
              icon: <UserRound />,
              apart: true,
              onSelect: () => void navigate({ to: '/account' }),
            },
            { label: 'Sign out', icon: <LogOut />, onSelect: () => void signOut() },
          ]}
        />
      </div>
    </div>
  )
}
