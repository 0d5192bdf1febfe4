/**
 * npm test: installs like npm start, then types, lint, vitest and Playwright; the last line counts them.
 * --check leaves out the stories (Playwright), and what they need. --long runs the slow suite instead of all of it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser, installBrowser, MISSING_BROWSER } from './browser.mjs'
import { install } from './install.mjs'
import { forwardSignals, runMain, say } from './progress.mjs'
import { CHECKOUT, cleanEnvironment, findRuntime } from './runtime.mjs'

const long = process.argv.includes('--long')
const quick = process.argv.includes('--check')
/** The stories that every run tells, or the others and the walk through every page. */
const projects = (long ? ['long', 'further'] : ['stories']).map((name) => `--project=${name}`)
const module = (...parts) => join(CHECKOUT, 'node_modules', ...parts)

/** Runs one tool with its output on ours; true where it ended with 0. */
function tool(node, title, args, additions = {}) {
  say(`\n• ${title}`)
  const child = spawn(node, args, { cwd: CHECKOUT, env: cleanEnvironment(additions), stdio: 'inherit' })
  const stop = forwardSignals(child)
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      stop()
      resolve(code === 0)
    })
  })
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A tool that ended without a report counts as one failure, so that a crash is never green. */
const CRASHED = { passed: 0, failed: 1, skipped: 0 }

async function vitest(node, folder) {
  const file = join(folder, 'vitest.json')
  const args = [
    module('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...(long ? ['--config', 'vitest.long.config.ts'] : []),
  ]
  const good = await tool(node, long ? 'long tests' : 'unit tests', args)
  const report = readReport(file)
  if (!report) return CRASHED
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  // A file that does not load has no failed test in it.
  return good || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

async function stories(node, folder) {
  const browser = findBrowser() ?? installBrowser(node)
  if (!browser) {
    say(`\n${MISSING_BROWSER}`)
    if (process.env.CI === 'true') return CRASHED
    return { passed: 0, failed: 0, skipped: countStories(node) }
  }
  const file = join(folder, 'playwright.json')
  const args = [module('@playwright', 'test', 'cli.js'), 'test', ...projects, '--reporter=list,json']
  const good = await tool(node, 'stories in a browser', args, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    PLAYWRIGHT_CHROMIUM_PATH: browser,
  })
  const stats = readReport(file)?.stats
  if (!stats) return CRASHED
  const counts = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
  return good || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** How many stories there are, for the count of those that no browser could run. */
function countStories(node) {
  const args = [module('@playwright', 'test', 'cli.js'), 'test', ...projects, '--list', '--reporter=json']
  const { stdout } = spawnSync(node, args, {
    cwd: CHECKOUT,
    env: cleanEnvironment(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  try {
    const count = (suite) =>
      (suite.specs ?? []).length + (suite.suites ?? []).reduce((sum, inner) => sum + count(inner), 0)
    return JSON.parse(stdout).suites.reduce((sum, suite) => sum + count(suite), 0)
  } catch {
    return 1
  }
}

async function checks(node) {
  const types = await tool(node, 'types', [module('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'])
  const lint = await tool(node, 'lint and format', [
    module('@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--error-on-warnings',
  ])
  return [types, lint].filter((good) => !good).length
}

await runMain(async () => {
  const runtime = await findRuntime()
  const withStories = !quick && existsSync(join(CHECKOUT, 'playwright.config.ts'))
  await install(runtime, { build: withStories })
  const folder = mkdtempSync(join(tmpdir(), 'keyhouse-reports-'))
  const total = { passed: 0, failed: long ? 0 : await checks(runtime.node), skipped: 0 }
  const runs = [await vitest(runtime.node, folder)]
  if (withStories) runs.push(await stories(runtime.node, folder))
  rmSync(folder, { recursive: true, force: true })
  for (const run of runs) for (const key of Object.keys(total)) total[key] += run[key]
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
  return total.failed === 0 ? 0 : 1
})
