'use client'

import { useQuery } from '@tanstack/react-query'
import { PartialLine } from '#components/states.tsx'
import { read } from '#lib/console/queries.ts'
import { useWizard } from './wizard-context.tsx'

/** Principals whom one may not simulate are not among the rows: said, because an empty group would seem to say more. */
export function LeftOut() {
  const { scope, self } = useWizard().setting
  const question = { PrincipalArn: self, Action: 'iam:SimulatePrincipalPolicy', Resource: '*' }
  const { data } = useQuery({
    ...read(scope.account, scope.region, 'ExplainAccess', question),
    staleTime: 60_000,
  })
  if (!data || data.Allowed) return null
  return (
    <PartialLine>
      Only principals about whom you may ask are shown (iam:SimulatePrincipalPolicy denied): others may be
      able to do this, too.
    </PartialLine>
  )
}
