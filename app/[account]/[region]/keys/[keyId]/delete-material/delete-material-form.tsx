'use client'

import { useRouter } from 'next/navigation'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { withoutMaterial } from '../requests.ts'
import { useTypedConfirmation } from '../typed-confirmation.tsx'
import { deleteMaterial } from './actions.ts'

type Props = {
  scope: Scope
  keyId: string
  alias: string | undefined
  target: Pick<DeedTarget, 'reference' | 'name' | 'lastUse'>
  /** Which one, where the key has more than one. */
  material: string | undefined
  reason: string | undefined
}

/** Typed with the key's own name; ticked as well where the key was used lately. */
export function DeleteMaterialForm({ scope, keyId, alias, target, material, reason }: Props) {
  const router = useRouter()
  const offline = useOfflineReason()
  const confirmation = useTypedConfirmation({ keyId, alias, lastUse: target.lastUse })
  const back = paths.key(scope, keyId, 'material')
  const mutation = useAction(deleteMaterial, {
    account: scope.account,
    done: () => `Key material of ${target.name} is deleted.`,
    after: () => router.push(back),
  })
  const form = { region: scope.region, key: target.reference, material }
  return (
    <Section title="Delete">
      <MutationForm
        mutation={mutation}
        values={() => (confirmation.confirmed() ? form : undefined)}
        danger
        submit="Delete key material"
        submitPending="Deleting…"
        reason={reason ?? offline}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        {confirmation.fields}
      </MutationForm>
      <div className="mt-3">
        <RequestCode
          scope={scope}
          requests={[{ name: 'DeleteImportedKeyMaterial', input: withoutMaterial(form) }]}
        />
      </div>
    </Section>
  )
}
