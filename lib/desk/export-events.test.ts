import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { internalEvent } from '#lib/engine/internal-event.ts'
import { openPeopleDesk, type PeopleDesk, type Signed } from '#lib/testing/people-desk.ts'
import { document } from '#lib/testing/sessions.ts'

const ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' })
let people: PeopleDesk
beforeAll(async () => {
  people = await openPeopleDesk()
})
afterAll(() => people?.desk.close())

async function auditor(policies = [ALL]) {
  const user = await people.someone(policies)
  return { user, signed: await people.signIn(user) }
}

async function exported(signed: Signed, input: object) {
  const answer = await people.desk.open('/export-events', input, { ...signed })
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    body: await text(answer),
  }
}
const manifestOf = async (signed: Signed, input: object) =>
  JSON.parse((await exported(signed, { ...input, Part: 'manifest' })).body)

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')
const mine = (user: string) => `actor:user/${user}`

/** So many events of one person. */
async function calls(signed: Signed, count: number) {
  for (let i = 0; i < count; i++) await people.operation('KMS/CreateKey', signed, { Description: `key ${i}` })
}

describe('an export of events', () => {
  it('is JSON with as many records as its manifest says, whose lines have its hash', async () => {
    const { user, signed } = await auditor()
    await calls(signed, 3)
    const { body, type } = await exported(signed, { Format: 'json', Filter: `${mine(user)} event:CreateKey` })
    const { Records, Manifest } = JSON.parse(body)
    expect(type).toBe('application/json')
    expect(Records.map((record: { eventName: string }) => record.eventName)).toEqual(
      Array(3).fill('CreateKey'),
    )
    expect(Manifest).toMatchObject({ count: 3, complete: true, format: 'json', from: null })
    const lines = body.split('\n').slice(1, 4)
    expect(sha256(lines.map((line) => `${line.replace(/,$/, '')}\n`).join(''))).toBe(Manifest.sha256)
  })

  it('is NDJSON whose last line is the manifest, of all lines before it', async () => {
    const { user, signed } = await auditor()
    await calls(signed, 2)
    const { body } = await exported(signed, { Format: 'ndjson', Filter: `${mine(user)} event:CreateKey` })
    const lines = body.trimEnd().split('\n')
    const { manifest } = JSON.parse(lines.at(-1) ?? '')
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).eventName)).toEqual(['CreateKey', 'CreateKey'])
    expect(manifest.count).toBe(2)
    expect(sha256(body.slice(0, body.lastIndexOf('{"manifest"')))).toBe(manifest.sha256)
  })

  it('is CSV that has the hash of a manifest asked for afterwards, though more has happened', async () => {
    const { user, signed } = await auditor()
    await calls(signed, 2)
    const asked = { Format: 'csv', Filter: `${mine(user)} event:CreateKey` }
    const { Size, To } = JSON.parse((await exported(signed, { ...asked, Part: 'check' })).body)
    const pinned = { ...asked, Size, To: To / 1000 }
    const { body, type } = await exported(signed, pinned)
    await calls(signed, 1)
    const manifest = await manifestOf(signed, pinned)
    expect(type).toBe('text/csv; charset=utf-8')
    expect(body.trimEnd().split('\r\n')).toHaveLength(3)
    expect(manifest).toMatchObject({ count: 2, size: Size, sha256: sha256(body) })
  })

  it('says who made it, of which question, and under which checkpoint', async () => {
    const { user, signed } = await auditor()
    const manifest = await manifestOf(signed, { Format: 'json', Filter: mine(user), From: 1_000_000_000 })
    expect(manifest.exportedBy).toMatch(new RegExp(`:user/${user}$`))
    expect(manifest).toMatchObject({ filter: mine(user), from: '2001-09-09T01:46:40.000Z' })
    const [origin, size] = manifest.checkpoint.split('\n')
    expect(origin).not.toBe('')
    expect(Number(size)).toBeGreaterThanOrEqual(manifest.size)
  })

  it.each([
    ['csv', (body: string) => body.trimEnd().split('\r\n').length - 1],
    ['json', (body: string) => JSON.parse(body).Manifest.count],
    ['ndjson', (body: string) => JSON.parse(body).manifest.count],
  ] as const)('of nothing is a whole file: %s', async (Format, countOf) => {
    const { signed } = await auditor()
    const { status, body } = await exported(signed, { Format, Filter: 'actor:user/nobody-at-all' })
    expect(status).toBe(200)
    expect(countOf(body)).toBe(0)
  })

  it('of chosen events has these and no others', async () => {
    const { user, signed } = await auditor()
    await calls(signed, 3)
    const all = await exported(signed, { Format: 'json', Filter: `${mine(user)} event:CreateKey` })
    const ids = JSON.parse(all.body).Records.map((record: { eventID: string }) => record.eventID)
    const chosen = { Format: 'json', EventIds: [ids[0], ids[2]] }
    const { Records, Manifest } = JSON.parse((await exported(signed, chosen)).body)
    expect(Records.map((record: { eventID: string }) => record.eventID)).toEqual([ids[0], ids[2]])
    expect(Manifest).toMatchObject({ count: 2, eventIds: [ids[0], ids[2]] })
  })

  it('neutralises a principal named =cmd', async () => {
    const { signed } = await auditor()
    const name = people.unique('=cmd')
    await people.operation('IAM/CreateUser', signed, { UserName: name })
    const password = 'seven paper boats at noon'
    await people.operation('IAM/CreateLoginProfile', signed, {
      UserName: name,
      Password: password,
      PasswordResetRequired: false,
    })
    await people.signIn(name, { password })
    const { body } = await exported(signed, { Format: 'csv', Filter: 'event:ConsoleLogin' })
    expect(body).toContain(`,'${name},`)
    expect(body).not.toMatch(/(^|,)"?=/m)
  })

  it('leaves one event, which says what was exported', async () => {
    const { user, signed } = await auditor()
    const asked = { Format: 'csv', Filter: `${mine(user)} event:CreateKey` }
    await exported(signed, { ...asked, Part: 'check' })
    await exported(signed, asked)
    const events = await people.desk.world.events('ExportEvents')
    const own = events.filter((record) => record.userIdentity.userName === user)
    expect(own).toHaveLength(1)
    expect(own[0]?.requestParameters).toEqual({ filter: asked.Filter, format: 'csv' })
    expect(own[0]?.keyhouse).toMatchObject({ class: 'read', source: 'console', outcome: 'ok' })
  })

  it.each([
    ['to who may not read the log', [], { Format: 'csv' }, 'AccessDeniedException'],
    ['of a filter with a fault', [ALL], { Format: 'csv', Filter: 'colour:red' }, 'ValidationException'],
    [
      'of a range that ends before it begins',
      [ALL],
      { Format: 'csv', From: 20, To: 10 },
      'InvalidTimeRangeException',
    ],
    ['in a form that there is not', [ALL], { Format: 'xml' }, 'ValidationException'],
  ])('is refused %s', async (_, policies, input, code) => {
    const { signed } = await auditor(policies)
    const { body } = await exported(signed, input)
    expect(JSON.parse(body).error.code).toBe(code)
  })

  it('breaks off when its session ends, so that the file does not look whole', async () => {
    const { signed } = await auditor()
    const { account } = people.desk.world.as('admin').principal
    const filler = () =>
      internalEvent({
        name: 'Filler',
        at: new Date(),
        account,
        region: 'eu-west-1',
        details: { pad: 'x'.repeat(900) },
      })
    // Two pages, of which the first is more than a connection holds.
    for (let i = 0; i < 6; i++) {
      const events = Array.from({ length: 200 }, filler)
      await people.desk.parts.writer.append(events, { accounts: [], keys: [] })
    }
    const asked = { Format: 'json', Filter: 'event:Filler' }
    const answer = await people.desk.open('/export-events', asked, { ...signed })
    await people.verb('sign-out', signed)
    await expect(text(answer)).rejects.toThrow()
  })

  it('has nothing of another account', async () => {
    await people.desk.world.as('outsider').call('ListKeys')
    const { signed } = await auditor()
    const { Records } = JSON.parse((await exported(signed, { Format: 'json' })).body)
    const accounts = new Set(
      Records.map((record: { recipientAccountId: string }) => record.recipientAccountId),
    )
    expect([...accounts]).toEqual([people.desk.world.as('admin').principal.account])
  })
})
