/** What tamper.test.ts does, ten thousand times (npm run test:long). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTamperLog, type TamperLog } from '#lib/testing/tamper-log.ts'
import { tampered } from '#lib/testing/tampering.ts'
import { memoryFolder } from './memory.ts'
import { verifyExport } from './verify.ts'

const CASES = 10_000
// The seed of the first case; the others follow. Printed with every failure.
const SEED = Math.floor(performance.timeOrigin % 1_000_000_000)

let made: TamperLog
beforeAll(async () => {
  made = await openTamperLog()
})
afterAll(() => made?.close())

it(`an export that was tampered with is found out, ${CASES} times from seed ${SEED} on`, {
  timeout: 3_600_000,
}, async () => {
  for (let seed = SEED; seed < SEED + CASES; seed++) {
    const { files, what, index } = tampered(made.untouched, seed)
    const { told } = await verifyExport(memoryFolder(files), { keys: made.keys })
    expect(told[0] ?? 'nothing found', `seed ${seed}: ${what}`).toMatchObject({ index })
  }
})
