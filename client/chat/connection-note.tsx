import { usePerson } from '#client/ui/person.ts'

/** What a broken connection means for who is writing. */
export function ConnectionNote({ running = false }: { running?: boolean }) {
  const { connection } = usePerson()
  if (connection === 'offline')
    return <span role="status">Offline. What you write is safe and goes out on return.</span>
  if (connection === 'reconnecting') return <span role="status">Reconnecting. What you type is safe.</span>
  if (running) return <span>Escape stops the answer</span>
  return <span className="hidden sm:pointer-fine:inline">Enter sends, Shift+Enter makes a new line</span>
}
