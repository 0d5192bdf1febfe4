/** A browser for the stories: the one that is named, Playwright's own, one of the machine's, or a download. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { say } from './progress.mjs'
import { CHECKOUT, cleanEnvironment } from './runtime.mjs'

const OF_MACHINES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

export const MISSING_BROWSER = `There is no browser for the stories. Install one of:
  Debian, Ubuntu   apt-get install chromium
  Fedora           dnf install chromium
  macOS            brew install --cask chromium
  any              npx playwright install chromium
or set PLAYWRIGHT_CHROMIUM_PATH to a Chromium or Chrome.`

function ownBrowser() {
  try {
    const { chromium } = createRequire(join(CHECKOUT, 'package.json'))('@playwright/test')
    return chromium.executablePath()
  } catch {
    return ''
  }
}

/** The path of a browser that is there, or undefined. */
export function findBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH
  if (named) return existsSync(named) ? named : undefined
  return [ownBrowser(), ...OF_MACHINES].find((path) => path && existsSync(path))
}

/** Lets Playwright fetch its own; undefined where that fails. */
export function installBrowser(node) {
  say('\n• no browser found; asking Playwright for its own')
  const args = [join(CHECKOUT, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']
  spawnSync(node, args, {
    cwd: CHECKOUT,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 600_000,
  })
  return findBrowser()
}
