import type { Metadata } from 'next'
import { crumbsOf } from '../crumbs.ts'
import { loadAll, loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { GroupsView } from './groups-view.tsx'

export const metadata: Metadata = { title: 'Groups' }

export default async function GroupsPage() {
  const { scope } = await loadScope()
  const { output, refusal } = await loadAll('ListGroups', {}, ({ Groups }) => Groups)
  if (refusal)
    return (
      <Refused
        crumbs={crumbsOf(scope.account, 'groups')}
        title="Groups"
        what="You can’t list the groups of this account."
        refusal={refusal}
      />
    )
  return (
    <GroupsView
      scope={scope}
      groups={output.map(({ GroupName, Arn, Path, CreateDate }) => ({
        name: GroupName,
        arn: Arn,
        path: Path,
        createdAt: CreateDate,
      }))}
    />
  )
}
