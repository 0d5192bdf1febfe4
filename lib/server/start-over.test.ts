/** A test installation, in processes of its own: a year in a second, and a new beginning. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '#lib/cli/call.ts'
import { clock } from '#lib/cli/clock.ts'
import {
  ACCESS_KEY,
  type EngineProcess,
  type Installation,
  openInstallation,
  REGION,
} from '#lib/testing/installation.ts'
import { readMigrations } from './migrations.ts'
import { connectToDatabase } from './prepare-database.ts'
import { emptyDatabase, START_OVER_STATUS } from './start-over.ts'

let installation: Installation
let engine: EngineProcess
beforeAll(async () => {
  installation = await openInstallation({ clock: 'manual' })
  engine = await installation.startEngine()
}, 60_000)
afterAll(() => installation?.close())

const environment = () => ({
  AWS_ACCESS_KEY_ID: ACCESS_KEY.id,
  AWS_SECRET_ACCESS_KEY: ACCESS_KEY.secret,
  AWS_REGION: REGION,
  AWS_ENDPOINT_URL: `http://127.0.0.1:${engine.port}`,
})
async function said(command: typeof call, ...words: string[]) {
  const outs: string[] = []
  const errs: string[] = []
  const io = { out: (text: string) => void outs.push(text), err: (text: string) => void errs.push(text) }
  const status = await command(words, environment(), io)
  return { status, err: errs.join(''), answer: outs.length === 0 ? undefined : JSON.parse(outs.join('')) }
}

const empty = async () => {
  const sql = await connectToDatabase(installation.postgres.url)
  try {
    await emptyDatabase(
      sql,
      readMigrations('prisma/migrations').map(({ name }) => name),
    )
  } finally {
    await sql.end()
  }
}

describe('a test installation', () => {
  it('lets a year pass by the command line, and rotates', async () => {
    const { answer } = await said(call, 'kms', 'create-key')
    const { KeyId } = answer.KeyMetadata
    await said(call, 'kms', 'enable-key-rotation', '--key-id', KeyId)
    expect(await said(clock, 'advance', '52w', '2d')).toMatchObject({ status: 0 })
    const rotations = await said(call, 'kms', 'list-key-rotations', '--key-id', KeyId)
    expect(rotations.answer.Rotations).toHaveLength(1)
    const shown = await said(clock, 'show')
    expect(shown.answer).toMatchObject({ Manual: true })
    expect(shown.answer.AheadSeconds).toBeGreaterThan(365 * 86_400)
  })

  it('leaves with a status of its own when it is asked to begin anew, and is as its seed made it', async () => {
    const ended = once(engine.running.process, 'exit')
    expect(await said(call, 'keyhouse', 'Reset')).toMatchObject({ status: 0 })
    expect(await ended).toEqual([START_OVER_STATUS, null])
    await empty()
    await installation.prepare()
    engine = await installation.startEngine()
    expect((await said(call, 'kms', 'list-keys')).answer.Keys).toEqual([])
    expect((await said(clock, 'show')).answer).toMatchObject({ Manual: true, AheadSeconds: 0 })
  })

  it('is not emptied where time is real', async () => {
    await installation.sql('UPDATE keyhouse.installation SET manual_clock = false')
    expect((await said(call, 'keyhouse', 'Reset')).err).toContain('goes by real time')
    await expect(empty()).rejects.toThrow('goes by real time')
    expect(await said(call, 'kms', 'list-keys')).toMatchObject({ status: 0 })
  })
})
