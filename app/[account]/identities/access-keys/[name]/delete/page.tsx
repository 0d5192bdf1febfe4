import type { Metadata } from 'next'
import { PageHeader, Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../../../crumbs.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { DeleteAccessKey } from './delete-access-key.tsx'

export const metadata: Metadata = { title: 'Delete access key' }

export default async function DeleteAccessKeyPage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const id = await nameIn(params)
  const title = `Delete ${id}`
  const crumbs = crumbsOf(scope.account, 'access-keys', title)
  const { output, refusal } = await tryAsk('GetAccessKeyLastUsed', { AccessKeyId: id })
  if (refusal)
    return <Refused crumbs={crumbs} title={title} what="This access key can’t be shown." refusal={refusal} />
  const { UserName: user, AccessKeyLastUsed: use } = output
  return (
    <>
      <PageHeader crumbs={crumbs} title={<span className="break-all">{title}</span>} />
      <div className="max-w-form">
        <Section title="Is it in use?">
          {use.LastUsedDate === undefined ? (
            <p className="text-table text-text2">No use of this access key has been recorded.</p>
          ) : (
            <Note tone="brass">
              Last used <Time at={use.LastUsedDate} /> for {use.ServiceName} in {use.Region}. Deactivating it
              can be undone; deleting it can’t.
            </Note>
          )}
        </Section>
        <Section title="Delete">
          <DeleteAccessKey scope={scope} id={id} user={user} />
        </Section>
      </div>
    </>
  )
}
