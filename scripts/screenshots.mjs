/** npm run screenshots: the pictures of the README, from a real installation in a folder of its own. */
import { spawn } from 'node:child_process'
import { findBrowser, installBrowser, MISSING_BROWSER } from './browser.mjs'
import { install } from './install.mjs'
import { Fault, forwardSignals, runMain } from './progress.mjs'
import { CHECKOUT, cleanEnvironment, findRuntime } from './runtime.mjs'

await runMain(async () => {
  const runtime = await findRuntime()
  await install(runtime, { build: true })
  const browser = findBrowser() ?? installBrowser(runtime.node)
  if (!browser) throw new Fault(MISSING_BROWSER)
  const child = spawn(runtime.node, ['e2e/screenshots.ts'], {
    cwd: CHECKOUT,
    env: cleanEnvironment({ PLAYWRIGHT_CHROMIUM_PATH: browser }),
    stdio: 'inherit',
  })
  forwardSignals(child)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
})
