/** Everyone of an account as each would be judged now, kept until the account's epoch moves (R52). */
import type { Call } from '#lib/engine/call.ts'
import type { Identities, Identity } from '#lib/engine/identities.ts'

type Held = { readonly epoch: bigint; readonly identities: readonly Identity[] }

const held = new WeakMap<Identities, Map<string, Held>>()
/** Accounts whose people are kept at once. */
const MOST = 20

/** Of the caller's account. What rests on it is decided anew if the epoch moves before the answer's event is written. */
export async function accountIdentities({ services, identity }: Call): Promise<readonly Identity[]> {
  const { identities } = services
  const { account, epoch } = identity
  const known = held.get(identities) ?? new Map<string, Held>()
  held.set(identities, known)
  const found = known.get(account)
  if (found?.epoch === epoch) return found.identities
  const read = await identities.inAccount(account)
  if (known.size >= MOST) known.clear()
  // What was read may be newer than the caller: it is kept only at the epoch that it was read at.
  const [first] = read
  if (first) known.set(account, { epoch: first.epoch, identities: read })
  return read
}
