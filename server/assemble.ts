import type { Express } from 'express'
import type { PublicConfig } from '#shared/session.ts'
import { createApp } from './app.ts'
import { openGenerations } from './chat/generations.ts'
import type { Deps } from './context.ts'
import type { Page } from './http/page.ts'
import { clerkIssuer } from './identity/clerk-issuer.ts'
import { createIdentity } from './identity/identity.ts'
import type { TokenIssuer } from './identity/issuer.ts'
import { localClerk } from './local-clerk/local-clerk.ts'
import { LOCAL_PUBLISHABLE_KEY } from './local-clerk/token.ts'
import { startExtraction } from './memory/extraction/extractor.ts'
import { createEmbedder } from './model/embedder.ts'
import { createModels } from './model/models.ts'

interface Opened extends Pick<Deps, 'config' | 'db' | 'clock' | 'log'> {
  page: Page
  development: boolean
}

export interface Moneta {
  app: Express
  deps: Deps
  /** Ends what runs on its own account. The database is its opener's to close. */
  close(): Promise<void>
}

/** Clerk's cloud needs no routes of ours, and nothing to close. */
const cloud = (issuer: TokenIssuer) => ({ issuer, router: null, close: async () => {} })

/** Puts the parts together on an open database: the one place that knows how, for the process and the tests alike. */
export async function assemble({ page, development, ...ground }: Opened): Promise<Moneta> {
  const { clerk } = ground.config
  const provider = clerk ? cloud(clerkIssuer(clerk, ground)) : await localClerk(ground)
  const identity = await createIdentity({ ...ground, issuer: provider.issuer })
  const publicConfig: PublicConfig = {
    identity: clerk ? 'clerk' : 'local',
    publishableKey: clerk?.publishableKey ?? LOCAL_PUBLISHABLE_KEY,
    model: ground.config.model?.names[0] ?? null,
  }
  const models = createModels(ground.config.model, ground.clock)
  const embedder = ground.config.embedding && createEmbedder(ground.config.embedding, ground.clock)
  const chat = await openGenerations({ ...ground, embedder, models, contextTokens: ground.config.contextTokens })
  const stopExtraction = ground.config.extraction
    ? await startExtraction({ ...ground, embedder, models })
    : async () => {}
  const deps: Deps = { ...ground, identity, embedder, chat, publicConfig }
  return {
    app: createApp(deps, { localClerk: provider.router, page: page.router, development }),
    deps,
    async close() {
      await chat.close()
      await stopExtraction()
      await identity.close()
      await provider.close()
    },
  }
}
