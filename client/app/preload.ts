/** Parts that come when first used. Fetched ahead, they are there for who has gone offline, or past a new build. */
const parts = [
  () => import('./command-menu.tsx'),
  () => import('./memory-screen.tsx'),
  () => import('#client/chat/memory-panel.tsx'),
  () => import('#client/chat/reply-context.tsx'),
  () => import('#client/chat/tags-dialog.tsx'),
  () => import('#client/ui/coloured-code.tsx'),
  () => import('#client/ui/markdown.tsx'),
  () => import('#client/ui/menu.tsx'),
]

const PAUSE_MS = 2_000

/** Fetches what may be wanted later, once the page has come to rest. Returns what stops it. */
export function preload(): () => void {
  const timer = setTimeout(() => {
    // What does not come now is asked for again when it is wanted.
    for (const part of parts) void part().catch(() => undefined)
  }, PAUSE_MS)
  return () => clearTimeout(timer)
}
