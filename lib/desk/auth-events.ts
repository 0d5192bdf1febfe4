/** Events of signing in and out, in the shape CloudTrail gives them (class auth). */
import { type BuiltEvent, buildEvent, type EventFacts } from '#lib/audit/record/event.ts'
import { uuidv7 } from '#lib/crypto/random.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { DeskParts } from './parts.ts'
import type { Visit } from './visit.ts'

const NOTHING_EXPECTED = { accounts: [], keys: [] } as const

type Place = { readonly account: string; readonly region: string }

function authFacts(at: Date, place: Place): Omit<EventFacts, 'caller' | 'operationName'> {
  return {
    id: uuidv7(at.getTime()),
    at,
    eventSource: 'signin.amazonaws.com',
    eventType: 'AwsConsoleSignIn',
    class: 'auth',
    outcome: 'ok',
    source: 'console',
    readOnly: false,
    region: place.region,
    recipientAccount: place.account,
    request: null,
    response: null,
    resources: [],
    keyId: null,
    aliasName: null,
    error: null,
    decision: null,
    context: null,
  }
}

const mfaUsed = (used: boolean) => ({ MFAUsed: used ? 'Yes' : 'No' })

export function signInEvent(at: Date, caller: Caller, factor: boolean): BuiltEvent {
  const place = { account: caller.principal.account, region: caller.region }
  const facts = authFacts(at, place)
  const additional = { LoginTo: 'console', MobileVersion: 'No', ...mfaUsed(factor) }
  return buildEvent({
    ...facts,
    caller,
    operationName: 'ConsoleLogin',
    response: { ConsoleLogin: 'Success' },
    additional,
  })
}

/**
 * `name` is the user's, or null where what was typed names none: people type passwords there. `factor` says that the
 * password was right and the code was not; `reason` why a token was refused, for nobody guesses those.
 */
export function refusedSignInEvent(
  at: Date,
  place: Place,
  who: { name: string | null; visit: Visit; factor?: boolean; reason?: string },
): BuiltEvent {
  return buildEvent({
    ...authFacts(at, place),
    caller: { kind: 'unproven', account: place.account, name: who.name, channel: who.visit.channel },
    operationName: 'ConsoleLogin',
    outcome: 'denied',
    response: { ConsoleLogin: 'Failure' },
    additional: mfaUsed(who.factor === true),
    error: { code: 'FailedAuthentication', message: who.reason ?? 'Failed authentication' },
  })
}

/** The password was right, and the code of a second factor was asked for. */
export function askedForCodeEvent(at: Date, place: Place, who: { name: string; visit: Visit }): BuiltEvent {
  return buildEvent({
    ...authFacts(at, place),
    caller: { kind: 'unproven', account: place.account, name: who.name, channel: who.visit.channel },
    operationName: 'CheckMfa',
    response: { CheckMfa: 'Success' },
    additional: { MfaType: 'Virtual MFA' },
  })
}

export function signOutEvent(at: Date, caller: Caller): BuiltEvent {
  const place = { account: caller.principal.account, region: caller.region }
  return buildEvent({ ...authFacts(at, place), caller, operationName: 'ConsoleLogout' })
}

/** Makes an event of the desk durable. @throws KmsError DependencyTimeoutException when it cannot be. */
export async function recordAlone({ writer }: DeskParts, event: BuiltEvent): Promise<void> {
  const verdict = await writer.append([event], NOTHING_EXPECTED)
  if (verdict !== 'recorded')
    throw new KmsError('KMSInternalException', '', { detail: 'an auth event came back stale' })
}
