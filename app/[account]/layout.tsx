import { headers } from 'next/headers'
import { notFound, permanentRedirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { REQUEST_PATH } from '#lib/console/request-path.ts'
import { requireSession } from '#lib/console/session.ts'
import { ACCOUNT_ID } from '#lib/domain/account.ts'
import { ForeignAccount } from './foreign-account.tsx'

/** A key of another account opens at its owner's address, and its pages say whose it is (console 2.3). */
const KEY_PAGE = /^\/\d{12}\/[^/]+\/keys\/(?!(?:new|managed)(?:\/|$))[^/?]+/

type Props = { params: Promise<{ account: string }>; children: ReactNode }

export default async function AccountLayout({ params, children }: Props) {
  const session = await requireSession()
  const { account } = await params
  const asked = (await headers()).get(REQUEST_PATH) ?? ''
  if (account === session.accountAlias) {
    // An alias leads to the id, so that links never rot when it changes.
    permanentRedirect(asked.replace(/^\/[^/?]+/, `/${session.principal.account}`))
  }
  if (!ACCOUNT_ID.test(account)) notFound()
  return (
    <SignedFrame session={session}>
      {account === session.principal.account || KEY_PAGE.test(asked) ? (
        children
      ) : (
        <ForeignAccount account={account} own={session.principal.account} />
      )}
    </SignedFrame>
  )
}
