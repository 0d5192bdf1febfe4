import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app,components,bench,scripts}/**/*.test.{ts,tsx}'],
    globalSetup: ['lib/testing/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
