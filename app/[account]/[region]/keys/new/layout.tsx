import type { ReactNode } from 'react'
import { WizardShell } from '#components/create-key/wizard-shell.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession } from '#lib/console/session.ts'
import { createAlias, createKey } from './actions.ts'

type Props = { params: Promise<{ account: string; region: string }>; children: ReactNode }

/** Stays while one goes from step to step: the draft lives in it. */
export default async function NewKeyLayout({ params, children }: Props) {
  const session = await requireSession()
  const scope = await params
  const { output, refusal } = await tryAsk('Capabilities', {}, { region: scope.region })
  if (refusal)
    return <ErrorState what="What this installation can make couldn’t be read." refusal={refusal} />
  return (
    <WizardShell
      setting={{
        scope: { account: scope.account, region: scope.region },
        partition: output.Partition,
        endpoint: output.Endpoint,
        self: session.principal.arn,
        requireSeparation: output.RequireSeparation,
        calls: { createKey, createAlias },
      }}
    >
      {children}
    </WizardShell>
  )
}
