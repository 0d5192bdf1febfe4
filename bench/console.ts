/**
 * `npm run bench:console -- --keys 100000 --events 1000000`: what pages cost on an installation of that size, beside the
 * budgets of console.md §4.2, as a table. Needs a build and Chromium; judges by its last line.
 */
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import pg from 'pg'
import { openDomainKeys } from '#lib/engine/domain-keys.ts'
import { openFileRootKey } from '#lib/rootkey/file.ts'
import { openDatabase } from '#lib/store/database.ts'
import { launchOptions, VIEWPORT } from '../e2e/browser.ts'
import { installationHome, superuserUrl } from '../e2e/database.ts'
import { setUp } from '../e2e/first-run.ts'
import startInstallation from '../e2e/installation.ts'
import { kms } from '../e2e/kms.ts'
import { consoleUrl, state } from '../e2e/world.ts'
import { makeManyEvents } from './many-events.ts'
import { makeManyKeys } from './many-keys.ts'
import { PROBES, type Probe, type Stage } from './page-probes.ts'

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    events: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '30' },
    only: { type: 'string' },
  },
})
const DAYS = Number(options.days)
/** So many of the keys are used. */
const USED = 500

/** Only ever of an installation that this program made a minute ago. */
async function macKeyOf(url: string) {
  const database = openDatabase(url, 2)
  try {
    const domainKeys = await openDomainKeys(
      database.sql,
      await openFileRootKey(`${installationHome()}/root.key`),
    )
    return domainKeys.derive('audit-mac/v1')
  } finally {
    await database.close()
  }
}

async function fill(account: string, region: string): Promise<string> {
  const url = superuserUrl()
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => undefined)
  // The one that the others are made after.
  kms('create-key')
  const ids = await makeManyKeys({ pool, account, region, count: Number(options.keys) })
  await pool.end()
  console.log(`${ids.length} keys are made`)
  const count = Number(options.events)
  const keys = ids.slice(0, USED)
  const started = performance.now()
  await makeManyEvents({
    url,
    macKey: await macKeyOf(url),
    account,
    region,
    keys,
    count,
    days: DAYS,
    progress: (made) => {
      if (made % 100_000 !== 0 && made !== count) return
      const seconds = (performance.now() - started) / 1000
      console.log(`${made} events are made, ${Math.round(made / seconds)} a second`)
    },
  })
  return keys[0] ?? ''
}

/** The number that is held against the budget: the worst of twenty but one, or the least. */
function judged({ least }: Probe, numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (least ? sorted[0] : sorted[Math.ceil(sorted.length * 0.95) - 1]) ?? Number.NaN
}

const shown = (value: number, unit: string) =>
  `${value < 1 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`

async function measure(stage: Stage): Promise<number> {
  console.log(`\n${'p95'.padStart(48)}${'budget'.padStart(12)}`)
  let over = 0
  for (const probe of PROBES.filter(({ what }) => !options.only || what.includes(options.only))) {
    const value = judged(probe, await probe.run(stage))
    const kept = probe.least ? value >= probe.budget : value <= probe.budget
    if (!kept) over++
    const cells = [shown(value, probe.unit).padStart(13), shown(probe.budget, probe.unit).padStart(12)]
    console.log(`${probe.what.padEnd(35)}${cells.join('')}${kept ? '' : '  over'}`)
  }
  return over
}

const stop = await startInstallation()
const browser = await chromium.launch(launchOptions)
try {
  const context = await browser.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  // Whoever sets it up is signed in.
  await setUp(page)
  const { account, region } = state()
  const keyId = await fill(account, region)
  const stage = {
    browser,
    page,
    state: await context.storageState(),
    consoleUrl: consoleUrl(),
    account,
    region,
    keyId,
    days: DAYS,
  }
  const over = await measure(stage)
  console.log(`\n${over === 0 ? 'every budget is kept' : `${over} budgets are not kept`}`)
} finally {
  await browser.close()
  await stop()
}
