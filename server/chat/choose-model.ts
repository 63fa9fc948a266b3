import type { z } from 'zod'
import type { UserContext } from '#server/context.ts'
import { Problem } from '#server/problem.ts'
import type { chooseModelInput, ModelOption, ThreadSummary } from '#shared/chat.ts'
import { setModel } from './change-thread.ts'

export function listModels({ deps }: UserContext): Promise<ModelOption[]> {
  return deps.chat.models.options()
}

/** Lets a model write the replies of a thread from now on; null is the default one. */
export async function chooseModel(
  ctx: UserContext,
  { id, model }: z.output<typeof chooseModelInput>,
): Promise<ThreadSummary> {
  const options = model === null ? [] : await ctx.deps.chat.models.options()
  if (model !== null && !options.some((option) => option.id === model)) {
    throw new Problem('BAD_REQUEST', 'This model is not available: choose another one.')
  }
  return setModel(ctx, id, model)
}
