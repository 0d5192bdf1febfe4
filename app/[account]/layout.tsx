import { headers } from 'next/headers'
import { notFound, permanentRedirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { ACCOUNT_ID } from '#lib/domain/account.ts'
import { REQUEST_PATH } from '#lib/console/request-path.ts'
import { requireSession } from '#lib/console/session.ts'
import { ForeignAccount } from './foreign-account.tsx'

type Props = { params: Promise<{ account: string }>; children: ReactNode }

export default async function AccountLayout({ params, children }: Props) {
  const session = await requireSession()
  const { account } = await params
  if (account === session.accountAlias) {
    // An alias leads to the id, so that links never rot when it changes.
    const asked = (await headers()).get(REQUEST_PATH) ?? ''
    permanentRedirect(asked.replace(/^\/[^/?]+/, `/${session.principal.account}`))
  }
  if (!ACCOUNT_ID.test(account)) notFound()
  return (
    <SignedFrame session={session}>
      {account === session.principal.account ? children : <ForeignAccount account={account} own={session.principal.account} />}
    </SignedFrame>
  )
}
