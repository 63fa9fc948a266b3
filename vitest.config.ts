import { defineConfig } from 'vitest/config'

const server = {
  include: ['test/server/**/*.test.ts'],
  globalSetup: 'test/database/setup.ts',
  testTimeout: 30_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client', include: ['test/client/**/*.test.ts'] } },
      { test: { name: 'session', include: ['test/session/**/*.test.ts'] } },
      { test: { name: 'pglite', ...server, env: { TEST_DATABASE: 'pglite' } } },
      { test: { name: 'postgres', ...server, env: { TEST_DATABASE: 'postgres' } } },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: 'test/build.ts',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/database/setup.ts', 'test/build.ts', 'test/browser/setup.ts'],
          env: { TEST_DATABASE: 'pglite' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
