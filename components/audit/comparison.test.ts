import { expect, it } from 'vitest'
import { compared } from './comparison.ts'
import type { EventDetail } from './events-query.ts'

const event = (part: object, record: object): Pick<EventDetail, 'Event' | 'Record'> => ({
  // What a comparison reads of an event.
  Event: {
    id: '1',
    ts: 0,
    eventName: 'Decrypt',
    outcome: 'ok',
    class: 'crypto',
    eventSource: 'kms.amazonaws.com',
    readOnly: true,
    actorArn: 'a',
    region: 'eu-west-1',
    source: 'wire',
    errorCode: null,
    keyId: null,
    aliasName: null,
    address: null,
    requestId: null,
    accessKeyId: null,
    actorName: null,
    detail: '',
    ...part,
  } as EventDetail['Event'],
  Record: JSON.stringify(record),
})

it('tells what differs, and what only one of them has', () => {
  const groups = compared([
    event({ outcome: 'ok' }, { requestParameters: { encryptionContext: { tenant: 'acme' } } }),
    event({ outcome: 'denied', errorCode: 'AccessDenied' }, {}),
  ])
  const fields = groups.flatMap(({ fields }) => fields)
  const of = (label: string) => fields.find((field) => field.label === label)
  expect(of('Outcome')).toEqual({ label: 'Outcome', values: ['ok', 'denied'], differs: true })
  expect(of('Error code')).toEqual({
    label: 'Error code',
    values: [undefined, 'AccessDenied'],
    differs: true,
  })
  expect(of('encryptionContext.tenant')?.values).toEqual(['acme', undefined])
  expect(of('Region')?.differs).toBe(false)
})
