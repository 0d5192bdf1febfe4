'use server'

import { z } from 'zod'
import { guarded } from '#lib/console/action.ts'
import { act } from '#lib/console/engine.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { requireSigned } from '#lib/console/session.ts'
import { parseArn } from '#lib/domain/arn.ts'

const Sent = z.object({ region: z.string().max(30), head: z.base64().max(512) })

/** The page of the key that made a ciphertext, wherever it is: the Region of the page is asked first. */
export async function findKeyOf(sent: z.infer<typeof Sent>): Promise<ActionResult<{ href: string }>> {
  return guarded(async () => {
    const { region: first, head } = Sent.parse(sent)
    const { session } = await requireSigned()
    const regions = [first, ...session.regions.filter((region) => region !== first)]
    let refused: ActionResult<{ href: string }> | undefined
    for (const region of regions) {
      const result = await act('FindKeyOfCiphertext', { CiphertextBlob: head }, { region, reading: true })
      if (result.ok) {
        const { KeyArn, KeyId, Region } = result.output
        const account = parseArn(KeyArn)?.account ?? session.principal.account
        return { ...result, output: { href: paths.key({ account, region: Region }, KeyId) } }
      }
      refused ??= result
    }
    if (refused) return refused
    throw new Error('an account has at least one Region')
  })
}
