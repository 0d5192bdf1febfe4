import { defineConfig, devices } from '@playwright/test'
import { launchOptions, VIEWPORT } from './e2e/browser.ts'

/** Stories beside shorter ones that npm test has no time for. */
const LONG = /@long/

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './e2e/installation.ts',
  // The stories share one installation, as people do; its first run is itself a story.
  workers: 1,
  // A loaded machine may be slow once; what is broken is broken twice, and what passed the second time is told as flaky.
  retries: process.env.CI === 'true' ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: VIEWPORT,
    launchOptions,
    // Without its film, which costs as much as the stories themselves.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'first run', testMatch: 'first-run.e2e.ts' },
    // Every page in both themes, and further stories: npm run test:long.
    { name: 'long', testMatch: '*.long.e2e.ts', dependencies: ['first run'] },
    {
      name: 'further',
      testIgnore: ['first-run.e2e.ts', '*.long.e2e.ts'],
      grep: LONG,
      dependencies: ['first run'],
    },
    {
      name: 'stories',
      testIgnore: ['first-run.e2e.ts', '*.long.e2e.ts'],
      grepInvert: LONG,
      dependencies: ['first run'],
    },
  ],
})
