/**
 * How an operation changes identities of the caller's account. The account's epoch moves in the same transaction, so
 * that everything read of the account since the call began is still true when the rows are written: an operation may
 * look first and write after, without locks of its own.
 */
import type { Call, Change } from '#lib/engine/call.ts'

/** @throws StaleDecision when another change of the account was faster: the door runs the operation anew. */
export const changeIdentity = <O>(call: Call, change: Omit<Change<O>, 'identitiesOf'>): Promise<O> =>
  call.change({ ...change, identitiesOf: [call.account] })
