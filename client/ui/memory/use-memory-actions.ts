import { trpc } from '#client/trpc.ts'
import { offerUndo, say } from '#client/ui/toast.ts'

/** What a person can do to memories, wherever they are shown; every place that shows them follows. */
export function useMemoryActions() {
  const utils = trpc.useUtils()
  const changed = () => {
    void utils.memory.invalidate()
    void utils.chat.thread.invalidate()
  }
  const failed = (error: { message: string }) => void say(error.message)
  const whenDone = { onSuccess: changed, onError: failed }

  const restore = trpc.memory.restore.useMutation(whenDone)
  const restoreMany = trpc.memory.restoreMany.useMutation(whenDone)
  const forget = trpc.memory.forget.useMutation({
    onError: failed,
    onSuccess(_, { id }) {
      changed()
      void offerUndo('Forgotten.', () => restore.mutate({ id }))
    },
  })
  const restoreMessage = trpc.memory.restoreMessage.useMutation(whenDone)
  const forgetMessage = trpc.memory.forgetMessage.useMutation({
    onError: failed,
    onSuccess(_, { messageId }) {
      changed()
      void offerUndo('That stays in this chat alone.', () => restoreMessage.mutate({ messageId }))
    },
  })
  const forgetMany = trpc.memory.forgetMany.useMutation({
    onError: failed,
    onSuccess({ forgotten, more }) {
      changed()
      const memories = forgotten.length === 1 ? '1 memory' : `${forgotten.length.toLocaleString()} memories`
      const words = `${memories} forgotten.${more ? ' There are more: do it again.' : ''}`
      void offerUndo(words, () => restoreMany.mutate({ ids: forgotten }))
    },
  })
  const decline = trpc.memory.decline.useMutation({
    onError: failed,
    onSuccess(_, { id }) {
      changed()
      void offerUndo('Not kept.', () => restore.mutate({ id }))
    },
  })
  return {
    add: trpc.memory.add.useMutation(whenDone),
    edit: trpc.memory.edit.useMutation(whenDone),
    approve: trpc.memory.approve.useMutation(whenDone),
    restore,
    decline,
    forget,
    forgetMessage,
    restoreMessage,
    forgetMany,
  }
}
