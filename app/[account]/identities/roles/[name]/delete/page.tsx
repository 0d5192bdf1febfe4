import type { Metadata } from 'next'
import { NOTHING } from '#app/[account]/identities/_parts/delete-holder.ts'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../../../crumbs.ts'
import { DeletePrincipal } from '../../../delete-page.tsx'
import { loadHeld } from '../../../held.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'

export const metadata: Metadata = { title: 'Delete role' }

export default async function DeleteRolePage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const holder = { kind: 'role', name } as const
  const [{ output, refusal }, held] = await Promise.all([
    tryAsk('GetRole', { RoleName: name }),
    loadHeld(holder),
  ])
  if (refusal) {
    const crumbs = crumbsOf(scope.account, 'roles', name, 'Delete')
    return (
      <Refused
        crumbs={crumbs}
        title={`Delete role ${name}`}
        what="This role can’t be shown."
        refusal={refusal}
      />
    )
  }
  return (
    <DeletePrincipal
      scope={scope}
      holder={holder}
      arn={output.Role.Arn}
      hanging={{ ...NOTHING, policies: held.policies }}
    />
  )
}
