import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { type Crumb, PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import type { PolicyPlace } from './policy-place.ts'

type Props = { place: PolicyPlace; crumbs: readonly Crumb[]; title: string; refusal: RefusalView }

/** A page of a policy that can't be read. */
export function PolicyRefused({ place, crumbs, title, refusal }: Props) {
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={title}
        actions={
          <LinkButton href={paths.key(place.scope, place.keyId, 'policy')}>Back to the key</LinkButton>
        }
      />
      {isDenied(refusal) ? (
        <Denied
          size="page"
          refusal={refusal}
          what="You can’t view this key’s policy."
          resource={<KeyName keyId={place.keyId} alias={place.alias} className="align-bottom" />}
        />
      ) : (
        <ErrorState what="The key policy couldn’t be loaded." refusal={refusal} />
      )}
    </>
  )
}
