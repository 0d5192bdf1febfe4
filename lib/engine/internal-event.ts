/** Events of what Keyhouse does by itself: RotateKey and its like (facts §17.2). */
import { type BuiltEvent, buildEvent } from '#lib/audit/record/event.ts'
import { uuidv7 } from '#lib/crypto/random.ts'

export type InternalDeed = {
  readonly name: string
  readonly at: Date
  readonly account: string
  readonly region: string
  readonly key?: { readonly id: string; readonly arn: string }
  readonly details?: Readonly<Record<string, unknown>>
}

export function internalEvent(deed: InternalDeed): BuiltEvent {
  const { account, key } = deed
  return buildEvent({
    id: uuidv7(deed.at.getTime()),
    at: deed.at,
    caller: { kind: 'internal', account },
    eventSource: 'kms.amazonaws.com',
    operationName: deed.name,
    eventType: 'AwsServiceEvent',
    class: 'system',
    outcome: 'ok',
    source: 'internal',
    readOnly: false,
    region: deed.region,
    recipientAccount: account,
    request: null,
    response: null,
    serviceEventDetails: key ? { keyId: key.id, ...deed.details } : (deed.details ?? null),
    resources: key ? [{ accountId: account, type: 'AWS::KMS::Key', arn: key.arn }] : [],
    keyId: key?.id ?? null,
    aliasName: null,
    error: null,
    decision: null,
    context: null,
  })
}
