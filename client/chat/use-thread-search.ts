import { trpc } from '#client/trpc.ts'
import { useSettled } from '#client/ui/use-settled.ts'

/** What was said in any chat, and chats by their titles, asked for once the typing pauses. */
export function useThreadSearch(typed: string) {
  const query = useSettled(typed.trim())
  const wanted = query !== '' && typed.trim() !== ''
  const search = trpc.chat.search.useQuery({ query }, { enabled: wanted, placeholderData: (before) => before })
  return { search, searching: search.isFetching || query !== typed.trim() }
}
