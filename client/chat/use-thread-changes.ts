import { trpc } from '#client/trpc.ts'
import { offerUndo, say } from '#client/ui/toast.ts'
import type { ThreadSummary } from '#shared/chat.ts'

/** What a person can do to a chat; the list follows at once where that is safe, else when the server has agreed. */
export function useThreadChanges() {
  const utils = trpc.useUtils()
  const whenDone = {
    onSuccess: () => void utils.chat.invalidate(),
    onError: (error: { message: string }) => void say(error.message),
  }
  const rename = trpc.chat.rename.useMutation(whenDone)
  const pin = trpc.chat.pin.useMutation(whenDone)
  const archive = trpc.chat.archive.useMutation(whenDone)
  const remember = trpc.chat.remember.useMutation(whenDone)
  const restore = trpc.chat.restore.useMutation(whenDone)
  const remove = trpc.chat.delete.useMutation(whenDone)
  return {
    rename: (thread: ThreadSummary, title: string) => rename.mutate({ id: thread.id, title }),
    pin: (thread: ThreadSummary) => pin.mutate({ id: thread.id, pinned: !thread.pinned }),
    remember: (thread: ThreadSummary) => remember.mutate({ id: thread.id, remember: !thread.remember }),
    archive(thread: ThreadSummary) {
      const undo = () => archive.mutate({ id: thread.id, archived: thread.archived })
      archive.mutate(
        { id: thread.id, archived: !thread.archived },
        { onSuccess: () => void offerUndo(thread.archived ? 'Back among your chats.' : 'Archived.', undo) },
      )
    },
    remove(thread: ThreadSummary) {
      const undo = () => restore.mutate({ id: thread.id })
      remove.mutate({ id: thread.id }, { onSuccess: () => void offerUndo('Chat deleted.', undo) })
    },
  }
}
