/**
 * What is measured of pages, and what each may cost (console.md §4.2). A probe gives numbers; the budget is held against
 * their 95th percentile unless it says otherwise.
 */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { paths } from '#lib/console/paths.ts'

export type Stage = {
  readonly browser: Browser
  /** Signed in, with warm caches. */
  readonly page: Page
  /** What a new, signed-in browser begins with. */
  readonly state: Awaited<ReturnType<BrowserContext['storageState']>>
  readonly consoleUrl: string
  readonly account: string
  readonly region: string
  /** A key that events name, and a principal of theirs. */
  readonly keyId: string
  readonly days: number
}

export type Probe = {
  readonly what: string
  readonly unit: 'ms' | 'kB' | 'fps' | 'MB' | 'nodes' | ''
  readonly budget: number
  /** `least`: the smallest number counts, and must not be below the budget. */
  readonly least?: true
  readonly run: (stage: Stage) => Promise<number[]>
}

const TIMES = 20

/** Kept by each page for the probes to read. */
const OBSERVE = `
window.bench = { lcp: 0, cls: 0, slow: [] }
new PerformanceObserver((list) => { for (const e of list.getEntries()) bench.lcp = e.startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) bench.cls += e.value }).observe({ type: 'layout-shift', buffered: true })
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.interactionId) bench.slow.push(e.duration) }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

type Observed = { readonly lcp: number; readonly cls: number; readonly slow: readonly number[] }
const observed = (page: Page) => page.evaluate('bench') as Promise<Observed> // as OBSERVE makes it

async function fresh<T>({ browser, state }: Stage, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(OBSERVE)
    return await use(page)
  } finally {
    await context.close()
  }
}

const settled = (page: Page) => page.waitForLoadState('networkidle')
const addressOf = (stage: Stage, path: string) => `${stage.consoleUrl}${path}`
const keysPath = ({ account, region }: Stage) => paths.keys({ account, region })
const auditPath = ({ account, days }: Stage) => `${paths.audit(account)}?last=${days > 30 ? '90d' : '30d'}`

/** Largest contentful paint of a page: cold in a new browser, warm the second time there. */
const painted = (path: (stage: Stage) => string, warm: boolean) => async (stage: Stage) => {
  const found: number[] = []
  for (let i = 0; i < TIMES / 2; i++) {
    found.push(
      await fresh(stage, async (page) => {
        await page.goto(addressOf(stage, path(stage)))
        await settled(page)
        if (warm) {
          await page.goto(addressOf(stage, path(stage)))
          await settled(page)
        }
        return (await observed(page)).lcp
      }),
    )
  }
  return found
}

/** Bytes on the wire of what a page loads first, by kind. */
const firstLoad = (path: (stage: Stage) => string, kind: RegExp) => (stage: Stage) =>
  fresh(stage, async (page) => {
    await page.goto(addressOf(stage, path(stage)))
    await settled(page)
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry.toJSON() as { name: string; encodedBodySize: number }),
    )
    const bytes = sizes
      .filter(({ name }) => kind.test(name))
      .reduce((sum, one) => sum + one.encodedBodySize, 0)
    return [bytes / 1024]
  })

/** Milliseconds until an answer of the engine is read in the browser. */
const answered = (input: (stage: Stage, time: number) => string) => async (stage: Stage) => {
  const found: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const address = addressOf(stage, input(stage, i))
    found.push(
      await stage.page.evaluate(async (url) => {
        const start = performance.now()
        const answer = await fetch(url)
        await answer.text()
        if (!answer.ok) throw new Error(`${answer.status} of ${url}`)
        return performance.now() - start
      }, address),
    )
  }
  return found
}

const FILTER = 'outcome:denied ctx.tenant:acme'
/** Ranges that differ, so that nothing is answered from memory. */
const rangeOf = ({ days, keyId }: Stage, time: number) => ({
  Filter: `${FILTER} key:${keyId}`,
  From: Math.floor(Date.now() / 1000) - days * 86_400 + time,
})
const unfiltered = ({ days }: Stage, time: number) => ({
  Filter: '',
  From: Math.floor(Date.now() / 1000) - days * 86_400 + time,
})
type Input = (stage: Stage, time: number) => object
const engineOf = (operation: string, input: Input) =>
  answered((stage, time) => paths.engine(operation, stage.region, input(stage, time)))

/** One page of keys after the other, far into the list: the last twenty. */
async function farPages(stage: Stage): Promise<number[]> {
  return stage.page.evaluate(
    async ([base, times]) => {
      const found: number[] = []
      let cursor: string | undefined
      for (let page = 0; page < 100; page++) {
        const url = new URL(base)
        url.searchParams.set('input', JSON.stringify({ Limit: 200, ...(cursor && { Cursor: cursor }) }))
        const start = performance.now()
        const answer = await (await fetch(url)).json()
        found.push(performance.now() - start)
        cursor = answer.NextCursor
        if (!cursor) break
      }
      return found.slice(-times)
    },
    [addressOf(stage, paths.engine('SearchKeys', stage.region, {})), TIMES] as const,
  )
}

/** Keys pressed and their effect, as the browser times interactions. */
const interactions = (path: (stage: Stage) => string, keys: readonly string[]) => (stage: Stage) =>
  fresh(stage, async (page) => {
    await page.goto(addressOf(stage, path(stage)))
    await settled(page)
    for (const key of keys) {
      await page.keyboard.press(key)
      await page.waitForTimeout(60)
    }
    const { slow } = await observed(page)
    // What took less than a frame is not reported.
    return slow.length === 0 ? [16] : [...slow]
  })

/** Scrolls through thousands of rows: frames a second, and what stands in the page. */
async function scrolled(stage: Stage): Promise<{ fps: number; nodes: number; heap: number }> {
  return fresh(stage, async (page) => {
    await page.goto(addressOf(stage, auditPath(stage)))
    await settled(page)
    const heap = () => page.evaluate('performance.memory?.usedJSHeapSize ?? 0') as Promise<number>
    const before = await heap()
    await page.evaluate(
      'bench.frames = 0; (function frame() { bench.frames++; requestAnimationFrame(frame) })(); bench.from = performance.now()',
    )
    await page.mouse.move(700, 600)
    for (let i = 0; i < 200; i++) {
      await page.mouse.wheel(0, 3000)
      await page.waitForTimeout(30)
    }
    const fps = (await page.evaluate('bench.frames / ((performance.now() - bench.from) / 1000)')) as number
    const nodes = await page.locator('table tbody tr').count()
    return { fps, nodes, heap: ((await heap()) - before) / 2 ** 20 }
  })
}

const SCRIPT = /\.js(\?|$)/
const FONT = /\.woff2(\?|$)/

export const PROBES: readonly Probe[] = [
  { what: 'keys, largest paint, cold', unit: 'ms', budget: 1200, run: painted(keysPath, false) },
  { what: 'keys, largest paint, warm', unit: 'ms', budget: 600, run: painted(keysPath, true) },
  { what: 'audit log, largest paint, cold', unit: 'ms', budget: 1200, run: painted(auditPath, false) },
  { what: 'audit log, largest paint, warm', unit: 'ms', budget: 600, run: painted(auditPath, true) },
  {
    what: 'layout shift of keys and audit log',
    unit: '',
    budget: 0.02,
    run: (stage) =>
      fresh(stage, async (page) => {
        const found: number[] = []
        for (const path of [keysPath(stage), auditPath(stage)]) {
          await page.goto(addressOf(stage, path))
          await settled(page)
          found.push((await observed(page)).cls)
        }
        return found
      }),
  },
  { what: 'scripts of keys, compressed', unit: 'kB', budget: 170, run: firstLoad(keysPath, SCRIPT) },
  { what: 'scripts of the audit log', unit: 'kB', budget: 180, run: firstLoad(auditPath, SCRIPT) },
  {
    what: 'scripts of a key',
    unit: 'kB',
    budget: 180,
    run: firstLoad(({ account, region, keyId }) => paths.keyRoot({ account, region }, keyId), SCRIPT),
  },
  { what: 'fonts', unit: 'kB', budget: 90, run: firstLoad(keysPath, FONT) },
  { what: 'keys, first page', unit: 'ms', budget: 150, run: engineOf('SearchKeys', () => ({ Limit: 100 })) },
  { what: 'keys, a hundred pages on', unit: 'ms', budget: 150, run: farPages },
  {
    what: 'keys, filtered by name',
    unit: 'ms',
    budget: 230,
    run: engineOf('SearchKeys', (_, time) => ({ Limit: 100, Filter: `alias:bench/${time + 10}*` })),
  },
  { what: 'audit log, filtered: rows', unit: 'ms', budget: 250, run: engineOf('SearchEvents', rangeOf) },
  {
    what: 'audit log, filtered: histogram',
    unit: 'ms',
    budget: 400,
    run: engineOf('EventHistogram', rangeOf),
  },
  { what: 'audit log, filtered: facets', unit: 'ms', budget: 800, run: engineOf('EventFacets', rangeOf) },
  { what: 'audit log, all: rows', unit: 'ms', budget: 250, run: engineOf('SearchEvents', unfiltered) },
  { what: 'audit log, all: histogram', unit: 'ms', budget: 400, run: engineOf('EventHistogram', unfiltered) },
  { what: 'audit log, all: facets', unit: 'ms', budget: 800, run: engineOf('EventFacets', unfiltered) },
  {
    what: 'use of a key, 90 days',
    unit: 'ms',
    budget: 400,
    run: engineOf('KeyUsage', ({ keyId }) => ({ KeyId: keyId })),
  },
  {
    what: 'keys: moving, selecting, palette',
    unit: 'ms',
    budget: 200,
    run: interactions(keysPath, ['j', 'j', 'j', 'k', 'x', 'x', 'Control+k', 'a', 'l', 'i', 'Escape']),
  },
  {
    what: 'audit log: moving, opening, closing',
    unit: 'ms',
    budget: 200,
    run: interactions(auditPath, ['j', 'j', 'j', 'Enter', 'j', 'k', 'Escape', '=', '-']),
  },
  {
    what: 'scrolling the audit log',
    unit: 'fps',
    budget: 55,
    least: true,
    run: async (stage) => [(await scrolled(stage)).fps],
  },
  {
    what: 'rows in the page while scrolling',
    unit: 'nodes',
    budget: 60,
    run: async (stage) => [(await scrolled(stage)).nodes],
  },
  {
    what: 'memory that scrolling kept',
    unit: 'MB',
    budget: 60,
    run: async (stage) => [(await scrolled(stage)).heap],
  },
]
