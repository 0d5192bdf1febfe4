/** Whatever is done to an export is found, and the first bad event is named; nothing is found where nothing was done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTamperLog, type TamperLog } from '#lib/testing/tamper-log.ts'
import { tampered } from '#lib/testing/tampering.ts'
import { memoryFolder } from './memory.ts'
import { verifyExport } from './verify.ts'

const CASES = 500
// The seed of the first case; the others follow. Printed with every failure.
const SEED = Math.floor(performance.timeOrigin % 1_000_000)

let made: TamperLog
beforeAll(async () => {
  made = await openTamperLog()
})
afterAll(() => made?.close())

const check = (files: Map<string, Buffer>) => verifyExport(memoryFolder(files), { keys: made.keys })

describe('an export of the real log', () => {
  it('verifies as it is', async () => {
    const report = await check(made.untouched.files)
    expect(report).toMatchObject({ faults: 0, told: [], gaps: [], events: made.untouched.size })
    expect(report.events).toBeGreaterThan(2000)
  })

  it(`that was tampered with is found out, ${CASES} times from seed ${SEED} on`, {
    timeout: 300_000,
  }, async () => {
    for (let seed = SEED; seed < SEED + CASES; seed++) {
      const { files, what, index } = tampered(made.untouched, seed)
      const { told } = await check(files)
      expect(told[0] ?? 'nothing found', `seed ${seed}: ${what}`).toMatchObject({ index })
    }
  })
})
