import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/styles.css'
import type { RouterOutputs } from '#shared/router.ts'
import { SessionHost } from './app/session-host.tsx'
import { Unreachable } from './app/unreachable.tsx'
import { removeLegacyTokens } from './auth/browser-world.ts'

removeLegacyTokens()

const container = document.getElementById('root')
if (!container) throw new Error('The page has no #root to live in')
const root = createRoot(container)

/** One plain request: until it is known who vouches for people, there is no session and no link chain. */
async function loadConfig(): Promise<RouterOutputs['session']['config']> {
  const response = await fetch('/trpc/session.config')
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  const { result } = await response.json()
  return result.data
}

async function open() {
  const config = await loadConfig().catch(() => null)
  root.render(<StrictMode>{config ? <SessionHost config={config} /> : <Unreachable onRetry={open} />}</StrictMode>)
}

void open()
