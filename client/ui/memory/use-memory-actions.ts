import { trpc } from '#client/trpc.ts'
import { offerUndo, say } from '#client/ui/toast.ts'

/** What a person can do to a memory, wherever it is shown; every place that shows it follows. */
export function useMemoryActions() {
  const utils = trpc.useUtils()
  const changed = () => {
    void utils.memory.invalidate()
    void utils.chat.thread.invalidate()
  }
  const failed = (error: { message: string }) => void say(error.message)
  const whenDone = { onSuccess: changed, onError: failed }

  const restore = trpc.memory.restore.useMutation(whenDone)
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
  return {
    add: trpc.memory.add.useMutation(whenDone),
    edit: trpc.memory.edit.useMutation(whenDone),
    approve: trpc.memory.approve.useMutation(whenDone),
    decline: trpc.memory.decline.useMutation(whenDone),
    forget,
    forgetMessage,
    restoreMessage,
  }
}
