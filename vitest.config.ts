import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app,components,bench,scripts}/**/*.test.{ts,tsx}'],
    // Minutes of somebody else's program: npm run test:long (vitest.long.config.ts).
    exclude: ['**/*.long.test.ts', '**/node_modules/**'],
    globalSetup: ['lib/testing/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    // Most of a file's time would go into loading the engine again. Nothing of lib keeps state outside what it opens.
    isolate: false,
  },
})
