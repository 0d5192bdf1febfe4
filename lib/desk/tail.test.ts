import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type EventStream, eventStream } from '#lib/testing/event-stream.ts'
import { openPeopleDesk, type PeopleDesk, type Signed } from '#lib/testing/people-desk.ts'
import { document } from '#lib/testing/sessions.ts'

const ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' })
let people: PeopleDesk
beforeAll(async () => {
  people = await openPeopleDesk()
})
let closing: Promise<void> | undefined
const close = () => (closing ??= people?.desk.close())
afterAll(close)

const engine = () => people.desk.world.engine
const sequenced = () => engine().services.sequencer.catchUp()

async function auditor(policies = [ALL]) {
  const user = await people.someone(policies)
  return { user, signed: await people.signIn(user) }
}

/** A live tail that has begun. */
async function tail(signed: Signed, input: object): Promise<EventStream & { readonly after: string }> {
  const answer = await people.desk.open('/tail', input, { ...signed })
  if (answer.statusCode !== 200) throw new Error(await text(answer))
  const stream = eventStream(answer)
  onTestFinished(stream.close)
  const { id } = await stream.nextOf('start')
  return { ...stream, after: id }
}

const create = async (signed: Signed, description: string) => {
  await people.operation('KMS/CreateKey', signed, { Description: description })
  await sequenced()
}

/** What the log says of tails, once the last of them has been recorded. */
async function tailEvents(user: string, count: number) {
  const named = async () => {
    const all = [
      ...(await people.desk.world.events('StartTail')),
      ...(await people.desk.world.events('StopTail')),
    ]
    return all.filter((record) => record.userIdentity.userName === user)
  }
  await expect.poll(async () => (await named()).length).toBe(count)
  return named()
}

describe('a live tail', () => {
  it('gives what matches its filter, and nothing else', async () => {
    const { signed } = await auditor()
    const stream = await tail(signed, { Filter: 'event:CreateKey' })
    await people.operation('KMS/ListKeys', signed)
    await create(signed, 'first')
    const { data, id } = await stream.nextOf('batch')
    expect(data.Events.map((event: { eventName: string }) => event.eventName)).toEqual(['CreateKey'])
    expect(data.Events[0].record).toBeUndefined()
    expect(data).toMatchObject({ Count: 1, OneIn: 1, Last: Number(id) })
  })

  it('goes on after the place that it is given', async () => {
    const { signed } = await auditor()
    await sequenced()
    const before = await tail(signed, { Filter: 'event:CreateKey' })
    before.close()
    await create(signed, 'while nobody listened')
    const stream = await tail(signed, { Filter: 'event:CreateKey', After: Number(before.after) })
    expect((await stream.nextOf('batch')).data.Count).toBe(1)
  })

  it('leaves exactly two events in the log: when it began, and when it ended with how it went', async () => {
    const { user, signed } = await auditor()
    const stream = await tail(signed, { Filter: 'event:CreateKey' })
    await create(signed, 'one')
    await stream.nextOf('batch')
    await create(signed, 'two')
    await stream.nextOf('batch')
    stream.close()
    const [started, stopped] = await tailEvents(user, 2)
    expect(started).toMatchObject({
      eventName: 'StartTail',
      requestParameters: { filter: 'event:CreateKey' },
    })
    expect(started?.keyhouse).toMatchObject({ class: 'read', source: 'console', outcome: 'ok' })
    expect(stopped).toMatchObject({ eventName: 'StopTail', requestID: started?.requestID })
    expect(stopped?.additionalEventData).toMatchObject({ matched: 2, sent: 2, why: 'closed' })
  })

  it('of more than two hundred at once shows one in so many, and counts exactly', async () => {
    const { signed } = await auditor()
    const stream = await tail(signed, { Filter: 'event:GetKeyRotationStatus' })
    const listed = Array.from({ length: 250 }, () =>
      people.operation('KMS/GetKeyRotationStatus', signed, { KeyId: crypto.randomUUID() }),
    )
    await Promise.all(listed)
    await sequenced()
    let counted = 0
    let shown = 0
    let oneIn = 1
    while (counted < 250) {
      const { data } = await stream.nextOf('batch')
      counted += data.Count
      shown += data.Events.length
      oneIn = Math.max(oneIn, data.OneIn)
    }
    expect({ counted, oneIn }).toEqual({ counted: 250, oneIn: 2 })
    expect(shown).toBeLessThanOrEqual(200)
  })

  it('ends with its session', async () => {
    const { user, signed } = await auditor()
    const stream = await tail(signed, {})
    await people.verb('sign-out', signed)
    await sequenced()
    expect((await stream.nextOf('end')).data.Reason).toBe('session')
    const [, stopped] = await tailEvents(user, 2)
    expect(stopped?.additionalEventData).toMatchObject({ why: 'session' })
  })

  it('ends with the permission, before anything more is sent', async () => {
    const { user, signed } = await auditor()
    const admin = (await auditor()).signed
    const stream = await tail(signed, { Filter: 'event:CreateKey' })
    const deny = document({ Effect: 'Deny', Action: 'cloudtrail:LookupEvents', Resource: '*' })
    const input = { UserName: user, PolicyName: 'no-log', PolicyDocument: deny }
    expect((await people.operation('IAM/PutUserPolicy', admin, input)).status).toBe(200)
    await create(admin, 'unseen')
    expect((await stream.next())?.data.Reason).toBe('permission')
    expect(await stream.next()).toBeUndefined()
  })

  it('ends when the same browser begins another', async () => {
    const { signed } = await auditor()
    const first = await tail(signed, {})
    await tail(signed, {})
    expect((await first.nextOf('end')).data.Reason).toBe('elsewhere')
  })

  it('ends after half an hour', async () => {
    const { user, signed } = await auditor()
    // A session that idles out would end it first.
    await people.setting('idleMinutes', 60)
    const stream = await tail(signed, { Filter: 'event:CreateKey' })
    people.desk.wait(30 * 60_000)
    await create((await auditor()).signed, 'too late')
    expect((await stream.nextOf('end')).data).toMatchObject({
      Reason: 'time',
      Sentence: 'Live stopped after 30 minutes.',
    })
    const [, stopped] = await tailEvents(user, 2)
    expect(stopped?.additionalEventData.seconds).toBeGreaterThanOrEqual(1800)
  })

  it('is refused to who may not read the log, and to nobody', async () => {
    const { signed } = await auditor([])
    expect((await people.desk.ask('/tail', {}, { ...signed })).body.error.code).toBe('AccessDeniedException')
    expect((await people.desk.ask('/tail', {}, {})).status).toBe(401)
  })

  it('is refused for a filter with a fault, which names the place', async () => {
    const { signed } = await auditor()
    const { body } = await people.desk.ask('/tail', { Filter: 'outcome:denied colour:red' }, { ...signed })
    expect(body.error.code).toBe('ValidationException')
    expect(body.error.message).toMatch(/at character 16/)
  })

  // The last, because it takes the engine away.
  it('ends with its engine, in words', async () => {
    const { signed } = await auditor()
    const stream = await tail(signed, {})
    const closed = close()
    expect((await stream.nextOf('end')).data.Reason).toBe('stopping')
    await closed
  })
})
