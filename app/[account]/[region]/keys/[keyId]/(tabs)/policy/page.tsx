import Link from 'next/link'
import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { PolicySize, sizeOf } from '#components/policy/policy-size.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { type KeyProps, titleOf } from '../../key.ts'
import { loadPolicy } from '../../policy/load-policy.ts'
import type { PolicyPlace, PolicyVersion } from '../../policy/policy-place.ts'
import { FindingsCount } from './findings-count.tsx'
import { ViewPolicy } from './view-policy.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Policy', params)

export default async function PolicyPage({ params }: KeyProps) {
  const found = await loadPolicy(params)
  // The layout says why.
  if ('missing' in found) return null
  const { loaded, place, saved, newest, refusal } = found
  const { key } = loaded
  if (!saved) {
    return isDenied(refusal) ? (
      <Denied
        refusal={refusal}
        what="You can’t view this key’s policy."
        resource={<KeyName keyId={key.KeyId} alias={place.alias} className="align-bottom" />}
      />
    ) : (
      <ErrorState what="The key policy couldn’t be loaded." refusal={refusal} />
    )
  }
  const { scope, keyId } = place
  const managed = key.KeyManager === 'AWS'
  const history = paths.policyHistory(scope, keyId)
  const version = saved.version
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-table text-text2">
          <PolicySize bytes={sizeOf(saved.text)} /> ·{' '}
          <LastChange place={place} newest={newest} managed={managed} />
          <FindingsCount place={place} text={saved.text} /> ·{' '}
          <Link className="link" href={history}>
            {version === 1 ? '1 version' : `${version} versions`}
          </Link>
        </p>
        <div className="no-print ms-auto flex flex-wrap gap-3 max-md:ms-0">
          {version > 1 && (
            <LinkButton href={paths.policyHistory(scope, keyId, { compare: `${version - 1}..${version}` })}>
              Compare
            </LinkButton>
          )}
          {!managed && (
            <LinkButton
              variant={/Pending.*Deletion/.test(key.KeyState) ? 'secondary' : 'primary'}
              href={paths.editPolicy(scope, keyId)}
            >
              Edit policy
            </LinkButton>
          )}
        </div>
      </div>
      <ViewPolicy place={place} saved={saved} editable={!managed} />
    </>
  )
}

type LastChangeProps = { place: PolicyPlace; newest: PolicyVersion | undefined; managed: boolean }

function LastChange({ place, newest, managed }: LastChangeProps) {
  if (!newest || newest.Version === 1)
    return managed ? 'as its service made it' : 'as the key was created with'
  return (
    <>
      last changed by {principalLabel(newest.CreatedBy)} <Time at={newest.CreatedAt} />.{' '}
      {newest.EventId && (
        <Link className="link" href={paths.event(place.scope.account, newest.EventId)}>
          View event
        </Link>
      )}
    </>
  )
}
