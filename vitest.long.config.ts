/** `npm run test:long`: what takes minutes, mostly other people's programs against a real engine. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['lib/**/*.long.test.ts'],
    globalSetup: ['lib/testing/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
