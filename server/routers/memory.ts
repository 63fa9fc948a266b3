import { memoryHistory, memoryList } from '#server/memory/browse.ts'
import {
  approveSuggestion,
  declineSuggestion,
  forgetEverything,
  forgetMemories,
  forgetMemory,
  restoreMemory,
} from '#server/memory/forget.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { memoryOverview } from '#server/memory/overview.ts'
import { searchMemory } from '#server/memory/recall.ts'
import { addMemory, editMemory } from '#server/memory/remember.ts'
import { protectedProcedure, router } from '#server/trpc.ts'
import {
  addInput,
  editInput,
  forgetEverythingInput,
  forgetManyInput,
  listInput,
  memoryIdInput,
  networkInput,
  searchInput,
  userInput,
} from '#shared/memory.ts'

const toSee = protectedProcedure.meta({ signInTo: 'see your memory' })
const toSearch = protectedProcedure.meta({ signInTo: 'search your memory' })
const toChange = protectedProcedure.meta({ signInTo: 'change your memory' })

export const memoryRouter = router({
  user: toSee.input(userInput).query(({ ctx, input }) => memoryOverview(ctx, input)),
  list: toSee.input(listInput).query(({ ctx, input }) => memoryList(ctx, input)),
  get: toSee.input(memoryIdInput).query(({ ctx, input }) => memoryHistory(ctx, input)),
  network: toSee.input(networkInput).query(({ ctx, input }) => memoryNetwork(ctx, input)),
  search: toSearch.input(searchInput).query(({ ctx, input }) => searchMemory(ctx, input)),
  add: toChange.input(addInput).mutation(({ ctx, input }) => addMemory(ctx, input)),
  edit: toChange.input(editInput).mutation(({ ctx, input }) => editMemory(ctx, input)),
  forget: toChange.input(memoryIdInput).mutation(({ ctx, input }) => forgetMemory(ctx, input)),
  forgetMany: toChange.input(forgetManyInput).mutation(({ ctx, input }) => forgetMemories(ctx, input)),
  forgetEverything: toChange.input(forgetEverythingInput).mutation(({ ctx }) => forgetEverything(ctx)),
  restore: toChange.input(memoryIdInput).mutation(({ ctx, input }) => restoreMemory(ctx, input)),
  approve: toChange.input(memoryIdInput).mutation(({ ctx, input }) => approveSuggestion(ctx, input)),
  decline: toChange.input(memoryIdInput).mutation(({ ctx, input }) => declineSuggestion(ctx, input)),
})
