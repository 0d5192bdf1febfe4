/** How the browser of the stories is started. */

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

export const launchOptions = { args, ...(executablePath && { executablePath }) }
export const VIEWPORT = { width: 1440, height: 900 }
