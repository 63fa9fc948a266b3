import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import type {
  archiveInput,
  createInput,
  pinInput,
  rememberInput,
  renameInput,
  ThreadList,
  ThreadPage,
  ThreadSummary,
  threadIdInput,
  threadInput,
  threadsInput,
} from '#shared/chat.ts'

export async function listThreads(_ctx: UserContext, _input: z.output<typeof threadsInput>): Promise<ThreadList> {
  throw new Error('not built')
}

export async function openThread(_ctx: UserContext, _input: z.output<typeof threadInput>): Promise<ThreadPage> {
  throw new Error('not built')
}

export async function createThread(_ctx: UserContext, _input: z.output<typeof createInput>): Promise<ThreadSummary> {
  throw new Error('not built')
}

export async function renameThread(_ctx: UserContext, _input: z.output<typeof renameInput>): Promise<ThreadSummary> {
  throw new Error('not built')
}

export async function pinThread(_ctx: UserContext, _input: z.output<typeof pinInput>): Promise<ThreadSummary> {
  throw new Error('not built')
}

export async function archiveThread(_ctx: UserContext, _input: z.output<typeof archiveInput>): Promise<ThreadSummary> {
  throw new Error('not built')
}

export async function rememberThread(
  _ctx: UserContext,
  _input: z.output<typeof rememberInput>,
): Promise<ThreadSummary> {
  throw new Error('not built')
}

export async function deleteThread(_ctx: UserContext, _input: z.output<typeof threadIdInput>): Promise<void> {
  throw new Error('not built')
}

export async function restoreThread(_ctx: UserContext, _input: z.output<typeof threadIdInput>): Promise<ThreadSummary> {
  throw new Error('not built')
}
