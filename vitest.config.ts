import { defineConfig } from 'vitest/config'

/** For a machine that is slow or has other work: a test that waits for something ends as soon as it is there. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } }

/** Real time passes in these: where nobody watches, a second try tells a broken product from a moment's stall. */
const realTime = { ...patience, retry: process.env.CI ? 1 : 0 }

const server = { ...patience, include: ['test/server/**/*.test.ts'], globalSetup: 'test/database/setup.ts' }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client', ...patience, include: ['test/client/**/*.test.ts'] } },
      { test: { name: 'session', ...patience, include: ['test/session/**/*.test.ts'] } },
      { test: { name: 'pglite', ...server, env: { TEST_DATABASE: 'pglite' } } },
      { test: { name: 'postgres', ...server, env: { TEST_DATABASE: 'postgres' } } },
      {
        test: {
          name: 'process',
          ...realTime,
          include: ['test/process/**/*.test.ts'],
          globalSetup: 'test/build.ts',
        },
      },
      {
        test: {
          name: 'browser',
          ...realTime,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/database/setup.ts', 'test/build.ts', 'test/browser/setup.ts'],
          env: { TEST_DATABASE: 'pglite' },
          fileParallelism: false,
        },
      },
    ],
  },
})
