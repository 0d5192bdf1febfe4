/**
 * The one door. The wire, the console and the jobs all come through here (architecture §3):
 *
 *   parse → grant tokens → resolve key or alias → authorize → key state and kind → run → (dry run) → record → answer
 *
 * An answer leaves only after its event is durable. If what the decision rested on has changed by then, the result
 * is wiped and everything is decided again; if the event cannot be made durable, the result is wiped and refused.
 */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { constraintRefusal } from '#lib/domain/constraints.ts'
import { asRefusal, FAULT, KmsError } from '#lib/domain/refusal.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { openAccountTurns } from './account-turns.ts'
import type { Change, InternalPart } from './call.ts'
import { commitChange } from './commit.ts'
import { openGrantToken } from './grant-tokens.ts'
import type { Identities, Identity } from './identities.ts'
import { internalEvent } from './internal-event.ts'
import { openCall, retryOf } from './open-call.ts'
import type { AnyOperation } from './operation.ts'
import { refuseWhileReadOnly } from './read-only.ts'
import { eventsOf, type Finished } from './record.ts'
import type { Services } from './services.ts'
import { checkSession } from './session-limits.ts'
import { StaleDecision } from './stale.ts'
import type { Throttle } from './throttle.ts'
import { expectationOf, newTrail, type Trail } from './trail.ts'
import { wipe } from './wipe.ts'

export type Answer = { readonly output: unknown; readonly eventId: string | null }

/** A refusal with the event that recorded it and, where the caller may see it, the judgement that led to it. */
export class RecordedRefusal extends KmsError {
  readonly eventId: string | null
  readonly decision: object | undefined

  constructor(refusal: KmsError, eventId: string | null, trail: Trail) {
    super(refusal.code, refusal.message, {
      ...(refusal.detail && { detail: refusal.detail }),
      cause: refusal.cause,
    })
    this.eventId = eventId
    this.decision = refusal.code === 'AccessDeniedException' ? ownJudgement(trail) : undefined
  }
}

/** The last judgement, unless the policy that was asked belongs to another account. */
function ownJudgement({ identity, keys, judgements }: Trail): object | undefined {
  const last = judgements.at(-1)
  if (!last || last.account !== identity.account) return undefined
  if (keys.some(({ row }) => row.account !== identity.account)) return undefined
  const { verdict, reason, gates } = last.decision
  return {
    principal: identity.principal.arn,
    action: last.action,
    resource: last.shown,
    verdict,
    reason,
    gates,
  }
}

export type DoorParts = {
  readonly services: Services
  readonly writer: AuditWriter
  /** Told of faults of ours, never of callers'. */
  readonly fault: (error: KmsError, operation: string) => void
  /** Request quotas; undefined where there are none. */
  readonly throttle?: Throttle | undefined
}

/** How often a decision is made anew before the caller is told to come back. */
const ATTEMPTS = 8

const DRY_RUN = 'The request would have succeeded, but the DryRun option is set.'
const UNAVAILABLE = 'The system timed out while trying to fulfill the request. You can retry the request.'

type Attempt = {
  caller: Caller
  operation: AnyOperation
  identity: Identity
  input: unknown
  startedAt: number
  /** What the call is refused with before anything is read of it. */
  throttled: KmsError | undefined
}

type Parsed = { readonly GrantTokens?: readonly string[]; readonly DryRun?: boolean }
// The list's element types are erased: each run gets exactly what its own schema parsed.
type Run = (call: ReturnType<typeof openCall>, input: unknown) => Promise<unknown>

function parse(operation: AnyOperation, input: unknown): unknown {
  const parsed = operation.input.safeParse(input)
  if (!parsed.success) throw constraintRefusal(parsed.error, input, operation.input)
  return parsed.data
}

function checkGrantTokens({ grantTokenKey }: Services, { GrantTokens }: Parsed): void {
  for (const token of GrantTokens ?? []) openGrantToken(grantTokenKey, token)
}

async function identityOf(identities: Identities, caller: Caller): Promise<Identity | undefined> {
  const { principal, credential } = caller
  if (credential.kind === 'access-key') {
    const found = await identities.byAccessKey(credential.id)
    return found?.active ? found.identity : undefined
  }
  if (credential.kind === 'session') return identities.bySession(principal, credential.facts)
  const outside = principal.kind === 'service' || principal.kind === 'federated'
  return outside ? identities.byService(principal) : identities.byPrincipal(principal.id)
}

export type Invoke = (caller: Caller, operation: AnyOperation, input: unknown) => Promise<Answer>

export function openDoor(parts: DoorParts): Invoke {
  const { services, writer, fault, throttle } = parts
  const inTurn = openAccountTurns()

  /** Who the caller is now: identities are read again after every stale decision. */
  async function identify(caller: Caller): Promise<Identity> {
    const found = await identityOf(services.identities, caller)
    if (!found || found.disabled) {
      throw new KmsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    }
    return found
  }

  /** A database that is away is not a fault of ours to be repeated as one: the caller may try again (R46). */
  function refusalOf(thrown: unknown, operation: AnyOperation): KmsError {
    const failure = thrown instanceof KmsError ? undefined : databaseFailure(thrown)
    if (failure === 'conflict') throw new StaleDecision()
    const refusal =
      failure === 'unavailable'
        ? new KmsError('DependencyTimeoutException', UNAVAILABLE, {
            detail: asRefusal(thrown).detail ?? '',
            cause: thrown,
          })
        : asRefusal(thrown)
    if (FAULT[refusal.code] !== 'caller') fault(refusal, operation.name)
    return refusal
  }

  async function run(work: Attempt, trail: Trail): Promise<Answer> {
    const { caller, operation, identity, startedAt } = work
    let input: unknown
    const finish = (result: Finished['result']): Finished => ({
      caller,
      operation,
      trail,
      at: services.clock.real(),
      startedAt,
      input,
      result,
    })
    async function append(result: Finished['result']): Promise<string | null> {
      if (!operation.recorded) return null
      const events = eventsOf(finish(result))
      if ((await writer.append(events, expectationOf(trail))) === 'stale') throw new StaleDecision()
      return events[0].id
    }
    const internalOf = ({ name, key, details }: InternalPart) =>
      internalEvent({
        name,
        at: services.clock.real(),
        account: key.row.account,
        region: key.row.region,
        key: { id: key.row.id, arn: key.arn },
        ...(details && { details }),
      })
    async function commit<O>(change: Change<O>): Promise<O> {
      refuseWhileReadOnly(services, operation)
      if ((input as Parsed).DryRun) throw new KmsError('DryRunOperationException', DRY_RUN)
      const own = eventsOf(finish({ output: change.output }))
      const events = [...own, ...(change.internal ?? []).map(internalOf)] as const
      await commitChange({ services, writer, change, events, retry: retryOf(work), trail })
      trail.eventId = own[0].id
      return change.output
    }

    let output: unknown
    try {
      if (work.throttled) throw work.throttled
      checkSession(caller, identity, operation)
      input = parse(operation, work.input)
      // Every operation's input is an object; these two members mean the same wherever they exist.
      const shared = input as Parsed
      checkGrantTokens(services, shared)
      output = await (operation.run as Run)(
        openCall({ caller, identity, operation, services, trail, commit }),
        input,
      )
      if (shared.DryRun) throw new KmsError('DryRunOperationException', DRY_RUN)
    } catch (thrown) {
      wipe(output)
      if (thrown instanceof StaleDecision) throw thrown
      const refusal = refusalOf(thrown, operation)
      throw new RecordedRefusal(refusal, await append({ refusal }), trail)
    }
    if (trail.eventId !== null) return { output, eventId: trail.eventId }
    try {
      return { output, eventId: await append({ output }) }
    } catch (thrown) {
      wipe(output)
      throw thrown
    }
  }

  /** Decides once; when that was overtaken, forgets everything it rested on. */
  async function attempt(work: Attempt): Promise<Answer> {
    const trail = newTrail(work.identity)
    try {
      return await run(work, trail)
    } catch (thrown) {
      if (thrown instanceof StaleDecision) {
        services.identities.drop(trail.identity.account)
        for (const { row } of trail.keys) services.keys.drop(row)
      }
      throw thrown
    }
  }

  /** Facts §2.1, step 3. Programs have quotas, screens do not. Of many refusals a minute one is an event. */
  function throttledBy(caller: Caller, operation: AnyOperation, input: unknown): KmsError | undefined {
    if (caller.channel.via !== 'wire' || operation.service !== 'KMS') return undefined
    const { region, principal, channel, credential } = caller
    const found = throttle?.count({ account: principal.account, region, operation: operation.name, input })
    if (!found || found.recorded) return found?.refusal
    const report = { address: channel.address, reason: found.refusal.code, operation: operation.name }
    const accessKeyId = credential.kind === 'access-key' ? credential.id : undefined
    services.refused.report({ ...report, accessKeyId }, services.clock.real())
    throw found.refusal
  }

  return async function invoke(caller, operation, input) {
    const startedAt = services.clock.real().getTime()
    const throttled = throttledBy(caller, operation, input)
    const decide = async () =>
      attempt({ caller, operation, identity: await identify(caller), input, startedAt, throttled })
    let rivalsIn: string | undefined
    for (let tries = 0; tries < ATTEMPTS; tries++) {
      try {
        return await (rivalsIn === undefined ? decide() : inTurn(rivalsIn, decide))
      } catch (thrown) {
        if (!(thrown instanceof StaleDecision)) throw thrown
        rivalsIn ??= thrown.rivalsIn
      }
    }
    throw new KmsError(
      'DependencyTimeoutException',
      'The request timed out because its key or caller kept changing.',
    )
  }
}
