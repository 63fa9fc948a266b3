import { defineConfig } from 'vitest/config'

/** The story at real speed: minutes long, so it is run by itself. */
export default defineConfig({
  test: {
    include: ['test/acceptance/**/*.test.ts'],
    globalSetup: ['test/database/setup.ts', 'test/build.ts', 'test/browser/setup.ts'],
    env: { TEST_DATABASE: 'pglite' },
    testTimeout: 480_000,
    hookTimeout: 60_000,
  },
})
