import { defineConfig, devices } from '@playwright/test'

// Without the background flags Chromium asks the network for things of its own.
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium refuses its sandbox to root. */
const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET
const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './e2e/installation.ts',
  // The stories share one installation, as people do; its first run is itself a story.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI === 'true',
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    launchOptions: { args, ...(executablePath && { executablePath }) },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'first run', testMatch: 'first-run.e2e.ts' },
    { name: 'stories', testIgnore: 'first-run.e2e.ts', dependencies: ['first run'] },
  ],
})
