/**
 * Histories in which a permission is used and revoked at once, by clients of different engines: what shows that nothing
 * succeeds that was begun after the revocation was acknowledged (R52).
 */

export type Revocation = {
  readonly revoke: (key: string) => Promise<unknown>
  readonly restore: (key: string) => Promise<unknown>
}

export type History = {
  readonly succeededBefore: number
  readonly refusedAfter: number
  readonly violations: number
}

export type Setting = {
  readonly newKey: () => Promise<string>
  /** One use; the code of the refusal, or undefined where it succeeded. */
  readonly use: (key: string) => Promise<string | undefined>
  readonly of: Revocation
}

/** Uses of a key by two clients at once, until each was begun and refused after the revocation was acknowledged. */
async function history(key: string, { use, of }: Setting): Promise<History> {
  const first = await use(key)
  if (first !== undefined) throw new Error(`the use was refused before it was revoked: ${first}`)
  let acknowledged = false
  let succeededBefore = 0
  let refusedAfter = 0
  let violations = 0
  const client = async () => {
    for (let last = false; !last; ) {
      last = acknowledged
      const refusal = await use(key)
      if (last && refusal === undefined) violations++
      else if (last) refusedAfter++
      else if (refusal === undefined) succeededBefore++
    }
  }
  const revoking = of.revoke(key).then(() => {
    acknowledged = true
  })
  await Promise.all([client(), client(), revoking])
  await of.restore(key)
  return { succeededBefore, refusedAfter, violations }
}

/** `lanes` keys at a time, `each` histories on each. */
export async function histories(
  setting: Setting,
  { lanes, each }: { readonly lanes: number; readonly each: number },
): Promise<History> {
  const found: History[] = []
  const lane = async () => {
    const key = await setting.newKey()
    for (let n = 0; n < each; n++) found.push(await history(key, setting))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const sum = (of: (history: History) => number) => found.reduce((total, one) => total + of(one), 0)
  return {
    succeededBefore: sum((one) => one.succeededBefore),
    refusedAfter: sum((one) => one.refusedAfter),
    violations: sum((one) => one.violations),
  }
}
