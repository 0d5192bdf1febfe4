import type { Metadata } from 'next'
import { DeleteForm } from '#app/[account]/identities/_parts/delete-form.tsx'
import { NOTHING } from '#app/[account]/identities/_parts/delete-holder.ts'
import { PageHeader } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { count } from '#lib/console/format.ts'
import { crumbsOf } from '../../../crumbs.ts'
import { loadHeld } from '../../../held.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'

export const metadata: Metadata = { title: 'Delete group' }

export default async function DeleteGroupPage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const holder = { kind: 'group', name } as const
  const crumbs = crumbsOf(scope.account, 'groups', name, 'Delete')
  const title = `Delete group ${name}`
  const [{ output, refusal }, held] = await Promise.all([
    tryAsk('GetGroup', { GroupName: name, MaxItems: 1000 }),
    loadHeld(holder),
  ])
  if (refusal)
    return <Refused crumbs={crumbs} title={title} what="This group can’t be shown." refusal={refusal} />
  const members = output.Users.map(({ UserName }) => UserName)
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      <div className="max-w-form">
        {members.length > 0 && (
          <p className="mb-4 text-table">
            {count(members.length, 'member')} {members.length === 1 ? 'loses' : 'lose'} what only this group
            allows. The users themselves stay.
          </p>
        )}
        <DeleteForm
          scope={scope}
          holder={holder}
          hanging={{ ...NOTHING, policies: held.policies, members }}
          unmanageable={0}
        />
      </div>
    </>
  )
}
