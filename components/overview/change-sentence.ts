/** A change as a sentence: who did what to which key. Pure. */
import type { EventRow } from '#components/audit/events-query.ts'
import { actorOf, sentenceOf } from '#components/audit/sentence.ts'
import { shortId } from '#lib/console/format.ts'

/** What stands between the person and the key. */
const VERBS: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'cancelled the deletion of',
  CreateAlias: 'created',
  CreateGrant: 'gave a grant on',
  CreateKey: 'created',
  DeleteAlias: 'deleted',
  DeleteImportedKeyMaterial: 'deleted key material of',
  DisableKey: 'disabled',
  DisableKeyRotation: 'turned off rotation of',
  EnableKey: 'enabled',
  EnableKeyRotation: 'turned on rotation of',
  ImportKeyMaterial: 'imported key material of',
  PutKeyPolicy: 'changed the key policy of',
  ReplicateKey: 'replicated',
  RetireGrant: 'retired a grant on',
  RevokeGrant: 'revoked a grant on',
  RotateKeyOnDemand: 'rotated',
  ScheduleKeyDeletion: 'scheduled the deletion of',
  TagResource: 'tagged',
  UntagResource: 'removed tags from',
  UpdateKeyDescription: 'changed the description of',
  UpdatePrimaryRegion: 'changed the primary Region of',
}

export type Change = Pick<
  EventRow,
  'outcome' | 'eventName' | 'actorArn' | 'actorName' | 'keyId' | 'class' | 'detail'
>

/** "alice changed the key policy of alias/payments, v6 to v7"; other calls by their names. */
export function changeSentence(
  event: Change,
  keyName: string | undefined,
  version: number | undefined,
): string {
  const verb = Object.hasOwn(VERBS, event.eventName) ? VERBS[event.eventName] : undefined
  if (!verb || event.keyId === null || event.outcome !== 'ok') return sentenceOf(event, keyName)
  const known = keyName ?? shortId(event.keyId)
  // A new key and its alias are two changes that would read the same.
  const name = keyName === undefined || event.eventName === 'CreateKey' ? `key ${known}` : known
  const versions =
    version === undefined || event.eventName !== 'PutKeyPolicy' ? '' : `, v${version - 1} to v${version}`
  return `${actorOf(event)} ${verb} ${name}${versions}`
}
