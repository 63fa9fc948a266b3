import { memoryHistory, memoryList } from '#server/memory/browse.ts'
import { forgetEverything } from '#server/memory/erase.ts'
import { memoryFacets } from '#server/memory/facets.ts'
import { forgetMemories, forgetMemory } from '#server/memory/forget.ts'
import { forgetMessage, restoreMessage } from '#server/memory/forget-message.ts'
import { matchingMemories } from '#server/memory/matching.ts'
import { memoryNetwork } from '#server/memory/network.ts'
import { memoryOverview } from '#server/memory/overview.ts'
import { searchMemory } from '#server/memory/recall.ts'
import { addMemory, editMemory } from '#server/memory/remember.ts'
import { restoreMemories, restoreMemory } from '#server/memory/restore.ts'
import { approveSuggestion, declineSuggestion } from '#server/memory/suggest.ts'
import { protectedProcedure, router } from '#server/trpc.ts'
import {
  addInput,
  editInput,
  forgetEverythingInput,
  listInput,
  memoryIdInput,
  messageIdInput,
  networkInput,
  searchInput,
  userInput,
} from '#shared/memory.ts'
import { facetsInput, forgetManyInput, matchingInput, restoreManyInput } from '#shared/memory-selection.ts'

const toSee = protectedProcedure.meta({ signInTo: 'see your memory' })
const toSearch = protectedProcedure.meta({ signInTo: 'search your memory' })
const toChange = protectedProcedure.meta({ signInTo: 'change your memory' })

export const memoryRouter = router({
  user: toSee.input(userInput).query(({ ctx, input }) => memoryOverview(ctx, input)),
  list: toSee.input(listInput).query(({ ctx, input }) => memoryList(ctx, input)),
  facets: toSee.input(facetsInput).query(({ ctx, input }) => memoryFacets(ctx, input)),
  matching: toSee.input(matchingInput).query(({ ctx, input }) => matchingMemories(ctx, input)),
  get: toSee.input(memoryIdInput).query(({ ctx, input }) => memoryHistory(ctx, input)),
  network: toSee.input(networkInput).query(({ ctx, input }) => memoryNetwork(ctx, input)),
  search: toSearch.input(searchInput).query(({ ctx, input }) => searchMemory(ctx, input)),
  add: toChange.input(addInput).mutation(({ ctx, input }) => addMemory(ctx, input)),
  edit: toChange.input(editInput).mutation(({ ctx, input }) => editMemory(ctx, input)),
  forget: toChange.input(memoryIdInput).mutation(({ ctx, input }) => forgetMemory(ctx, input)),
  restore: toChange.input(memoryIdInput).mutation(({ ctx, input }) => restoreMemory(ctx, input)),
  forgetMany: toChange.input(forgetManyInput).mutation(({ ctx, input }) => forgetMemories(ctx, input)),
  restoreMany: toChange.input(restoreManyInput).mutation(({ ctx, input }) => restoreMemories(ctx, input)),
  forgetMessage: toChange.input(messageIdInput).mutation(({ ctx, input }) => forgetMessage(ctx, input)),
  restoreMessage: toChange.input(messageIdInput).mutation(({ ctx, input }) => restoreMessage(ctx, input)),
  forgetEverything: toChange.input(forgetEverythingInput).mutation(({ ctx }) => forgetEverything(ctx)),
  approve: toChange.input(memoryIdInput).mutation(({ ctx, input }) => approveSuggestion(ctx, input)),
  decline: toChange.input(memoryIdInput).mutation(({ ctx, input }) => declineSuggestion(ctx, input)),
})
