/** Nobody serves keys without a record but the benchmark, on an installation of its own. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Installation, openInstallation } from '#lib/testing/installation.ts'
import { readConfiguration } from './configuration.ts'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
  const engine = await installation.startEngine()
  await engine.stop()
})
afterAll(() => installation?.close())

it('an installation that goes by real time does not start without its audit log', async () => {
  await expect(installation.startEngine([], { withoutAudit: true })).rejects.toThrow('ended before it served')
})

it.each(['KEYHOUSE_AUDIT', 'KEYHOUSE_WITHOUT_AUDIT'])('there is no %s', (name) => {
  expect(() => readConfiguration({ [name]: '0' })).toThrow(`${name} is not a setting of Keyhouse`)
})
