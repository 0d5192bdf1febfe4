/**
 * The one request that needs no signature: AssumeRoleWithWebIdentity, whose token says who sends it. Whatever else comes
 * unsigned is not even read.
 */
import type { Caller } from '#lib/domain/caller.ts'
import { asRefusal, FAULT } from '#lib/domain/refusal.ts'
import { report, tooManyFailures } from './authenticate.ts'
import { type QueryRequest, readQuery } from './query.ts'
import type { Edge, Received } from './received.ts'
import { STS } from './services.ts'

/** A token and session policies of the largest size, with every character escaped. */
const LARGEST_FORM = 96 * 1024
const ACTION = 'AssumeRoleWithWebIdentity'
/** The operation stands in the body as it is: nobody escapes letters. */
const MARK = Buffer.from(`Action=${ACTION}`)

type Admitted = { readonly holder: Omit<Caller, 'channel'>; readonly form: QueryRequest }

/**
 * Whoever the token is of; undefined for any other request, which is then asked for its signature. A token that is
 * refused counts as a failed attempt of its address, as a wrong signature does.
 */
export async function admitHolder(
  edge: Edge,
  received: Received,
  body: Buffer,
): Promise<Admitted | undefined> {
  const { headers, progress } = received
  if (headers.values.has('authorization') || !body.includes(MARK) || body.length > LARGEST_FORM)
    return undefined
  const { door, attempts } = edge
  const { address } = progress
  try {
    if (attempts.spent(address, door.now())) throw tooManyFailures()
    const form = readQuery(body)
    if (form.action !== ACTION || form.version !== STS.version) return undefined
    progress.operation = ACTION
    return { holder: await door.holder(form.input), form }
  } catch (thrown) {
    const refusal = asRefusal(thrown)
    if (FAULT[refusal.code] !== 'caller') throw refusal
    report(edge, received, refusal)
    throw attempts.failed(address, door.now()) ? tooManyFailures() : refusal
  }
}
