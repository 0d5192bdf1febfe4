import type { Metadata } from 'next'
import { InlinePolicyPage, type PolicyQuery } from '../../../inline-policy-page.tsx'
import { nameIn } from '../../../load.ts'

export const metadata: Metadata = { title: 'Inline policy' }

type Props = { params: Promise<{ name: string }>; searchParams: PolicyQuery }

export default async function UserPolicyPage({ params, searchParams }: Props) {
  return (
    <InlinePolicyPage holder={{ kind: 'user', name: await nameIn(params) }} searchParams={searchParams} />
  )
}
