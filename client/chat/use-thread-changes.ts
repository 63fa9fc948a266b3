import { trpc } from '#client/trpc.ts'
import { offerUndo, say } from '#client/ui/toast.ts'
import type { ThreadSummary } from '#shared/chat.ts'

/** What a person can do to a chat. Whatever shows it follows once the server has agreed; what is easily regretted can be undone. */
export function useThreadChanges() {
  const utils = trpc.useUtils()
  const { chat } = utils.client

  async function change(asked: Promise<ThreadSummary | undefined>): Promise<boolean> {
    try {
      const thread = await asked
      if (thread) utils.chat.thread.setData({ id: thread.id }, (page) => page && { ...page, thread })
      void utils.chat.invalidate()
      return true
    } catch (error) {
      void say(`That did not work. ${error instanceof Error ? error.message : ''}`)
      return false
    }
  }

  async function reversibly(
    asked: Promise<ThreadSummary | undefined>,
    words: string,
    undo: () => Promise<ThreadSummary>,
  ): Promise<void> {
    if (await change(asked)) void offerUndo(words, () => void change(undo()))
  }

  return {
    rename: ({ id }: ThreadSummary, title: string) => change(chat.rename.mutate({ id, title })),
    pin: ({ id, pinned }: ThreadSummary) => change(chat.pin.mutate({ id, pinned: !pinned })),
    tag: ({ id }: ThreadSummary, tags: string[]) => change(chat.tag.mutate({ id, tags })),
    chooseModel: ({ id }: ThreadSummary, model: string | null) => change(chat.chooseModel.mutate({ id, model })),
    remember: ({ id, remember }: ThreadSummary) =>
      reversibly(
        chat.remember.mutate({ id, remember: !remember }),
        remember ? 'Nothing said here from now on is remembered.' : 'What you say here is remembered again.',
        () => chat.remember.mutate({ id, remember }),
      ),
    archive: ({ id, archived }: ThreadSummary) =>
      reversibly(
        chat.archive.mutate({ id, archived: !archived }),
        archived ? 'Back among your chats.' : 'Archived.',
        () => chat.archive.mutate({ id, archived }),
      ),
    async remove({ id, temporary }: ThreadSummary): Promise<void> {
      const asked = chat.delete.mutate({ id }).then(() => undefined)
      if (!temporary) return reversibly(asked, 'Chat deleted.', () => chat.restore.mutate({ id }))
      if (await change(asked)) void say('Gone for good.')
    },
  }
}
