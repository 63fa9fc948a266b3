import { tracked } from '@trpc/server'
import {
  archiveThread,
  deleteThread,
  pinThread,
  rememberThread,
  renameThread,
  restoreThread,
  tagThread,
} from '#server/chat/change-thread.ts'
import { chooseModel, listModels } from '#server/chat/choose-model.ts'
import { openThread } from '#server/chat/open-thread.ts'
import { openContext } from '#server/chat/reply-context.ts'
import { continueReply, regenerate, stopReply } from '#server/chat/rewrite-reply.ts'
import { searchThreads } from '#server/chat/search.ts'
import { send } from '#server/chat/send.ts'
import { tail } from '#server/chat/tail.ts'
import { createThread, listTags, listThreads } from '#server/chat/threads.ts'
import { exportThread } from '#server/transfer/export-thread.ts'
import { protectedProcedure, router } from '#server/trpc.ts'
import {
  archiveInput,
  chooseModelInput,
  createInput,
  exportInput,
  pinInput,
  regenerateInput,
  rememberInput,
  renameInput,
  replyIdInput,
  sendInput,
  tagInput,
  tailInput,
  threadIdInput,
  threadInput,
  threadSearchInput,
  threadsInput,
} from '#shared/chat.ts'

const toRead = protectedProcedure.meta({ signInTo: 'read your chats' })
const toWrite = protectedProcedure.meta({ signInTo: 'send messages' })
const toChange = protectedProcedure.meta({ signInTo: 'change your chats' })

export const chatRouter = router({
  threads: toRead.input(threadsInput).query(({ ctx, input }) => listThreads(ctx, input)),
  thread: toRead.input(threadInput).query(({ ctx, input }) => openThread(ctx, input)),
  tags: toRead.query(({ ctx }) => listTags(ctx)),
  search: toRead.input(threadSearchInput).query(({ ctx, input }) => searchThreads(ctx, input)),
  export: toRead.input(exportInput).query(({ ctx, input }) => exportThread(ctx, input)),
  create: toWrite.input(createInput).mutation(({ ctx, input }) => createThread(ctx, input)),
  send: toWrite.input(sendInput).mutation(({ ctx, input }) => send(ctx, input)),
  regenerate: toWrite.input(regenerateInput).mutation(({ ctx, input }) => regenerate(ctx, input)),
  continue: toWrite.input(replyIdInput).mutation(({ ctx, input }) => continueReply(ctx, input)),
  stop: toWrite.input(replyIdInput).mutation(({ ctx, input }) => stopReply(ctx, input)),
  tail: toRead.input(tailInput).subscription(async function* ({ ctx, input, signal = ctx.signal }) {
    for await (const { id, event } of tail({ ...ctx, signal }, input)) yield tracked(id, event)
  }),
  context: toRead.input(replyIdInput).query(({ ctx, input }) => openContext(ctx, input)),
  rename: toChange.input(renameInput).mutation(({ ctx, input }) => renameThread(ctx, input)),
  pin: toChange.input(pinInput).mutation(({ ctx, input }) => pinThread(ctx, input)),
  archive: toChange.input(archiveInput).mutation(({ ctx, input }) => archiveThread(ctx, input)),
  remember: toChange.input(rememberInput).mutation(({ ctx, input }) => rememberThread(ctx, input)),
  tag: toChange.input(tagInput).mutation(({ ctx, input }) => tagThread(ctx, input)),
  models: toRead.query(({ ctx }) => listModels(ctx)),
  chooseModel: toChange.input(chooseModelInput).mutation(({ ctx, input }) => chooseModel(ctx, input)),
  delete: toChange.input(threadIdInput).mutation(({ ctx, input }) => deleteThread(ctx, input)),
  restore: toChange.input(threadIdInput).mutation(({ ctx, input }) => restoreThread(ctx, input)),
})
