/** STS GetSessionToken: temporary credentials of a user's own, with or without a second factor (facts §18.2). */
import { GetSessionTokenInput } from '#lib/domain/operations/sts.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { addTemporaryCredential, sweepTemporaryCredentials } from '#lib/store/temporary-credentials.ts'
import { type Credentials, draftCredentials, loggedCredentials } from './new-credentials.ts'
import { secondFactor, spendFactor } from './second-factor.ts'

/** Twelve hours; of the account's root an hour, also at most. */
const USUAL = 43_200
const OF_ROOT = 3600

const secondsOf = (kind: string, asked: number | undefined) =>
  kind === 'root' ? Math.min(asked ?? OF_ROOT, OF_ROOT) : (asked ?? USUAL)

export const GetSessionToken = operation({
  name: 'GetSessionToken',
  service: 'STS',
  // Needs no permission.
  action: null,
  input: GetSessionTokenInput,
  class: 'auth',
  logged: {
    request: (input) => ({ durationSeconds: input.DurationSeconds, serialNumber: input.SerialNumber }),
    response: (output: { Credentials: Credentials }) => ({
      credentials: loggedCredentials(output.Credentials),
    }),
  },
  async run(call, input): Promise<{ Credentials: Credentials }> {
    const { principal } = call.identity
    if (principal.kind !== 'user' && principal.kind !== 'root')
      throw new KmsError('AccessDeniedException', 'Cannot call GetSessionToken with session credentials')
    const factor = await secondFactor(call, input)
    const issuedAt = call.services.clock.real()
    const seconds = secondsOf(principal.kind, input.DurationSeconds)
    const { row, credentials } = await draftCredentials(call.services.domainKeys, {
      ...{ account: call.account, principal: principal.id, assumedBy: principal.arn, sessionName: null },
      ...{ policies: [], tags: {}, transitiveTags: [], sourceIdentity: null, federatedProvider: null },
      mfaAt: factor ? issuedAt : null,
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + seconds * 1000),
    })
    return call.change({
      rows: async (transaction) => {
        await spendFactor(transaction.sql, factor)
        await addTemporaryCredential(transaction, row)
        await sweepTemporaryCredentials(transaction, issuedAt)
      },
      output: { Credentials: credentials },
    })
  },
})
