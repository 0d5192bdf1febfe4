/**
 * Loaded into the engine by the benchmark (node --import): how long its event loop was held up, written when it ends to
 * the file that the module's address names.
 */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 5

const to = new URL(import.meta.url).searchParams.get('to')
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delay.enable()

/** The timer itself takes its resolution; what is above it is delay. */
const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)

process.on('exit', () => {
  if (to === null) return
  const measured = { p50: milliseconds(delay.percentile(50)), p99: milliseconds(delay.percentile(99)) }
  writeFileSync(to, JSON.stringify({ ...measured, max: milliseconds(delay.max) }))
})
