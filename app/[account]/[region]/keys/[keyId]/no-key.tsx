import { Denied } from '#components/denied.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { shortId } from '#lib/console/format.ts'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { ForeignLine } from './foreign-line.tsx'
import { isKeyId, type KeyPlace, regionOfKey } from './key.ts'
import { readDeletedKey, Tombstone } from './tombstone.tsx'

/** Instead of a key's page: denied, gone, in another Region, unknown, or not to be read at the moment. */
export async function NoKey({ place, refusal }: { place: KeyPlace; refusal: RefusalView }) {
  const { scope, keyId } = place
  const crumbs = [
    { label: scope.region },
    { label: 'Keys', href: paths.keys({ account: place.session.principal.account, region: scope.region }) },
    { label: isKeyId(keyId) ? shortId(keyId) : keyId },
  ]
  // By its id only: who may not describe a key may not learn its name.
  const title = isKeyId(keyId) ? `Key ${shortId(keyId)}` : keyId
  if (refusal.code === 'NotFoundException') {
    const deleted = place.foreign || !isKeyId(keyId) ? undefined : await readDeletedKey(place)
    if (deleted) return <Tombstone place={place} crumbs={crumbs} deleted={deleted} />
    return (
      <>
        <PageHeader crumbs={crumbs} title="No such key here" />
        <NotHere place={place} />
      </>
    )
  }
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      {place.foreign && <ForeignLine place={place} />}
      {isDenied(refusal) ? (
        <Denied
          size="page"
          refusal={refusal}
          what="You can’t view this key."
          resource={<code className="break-all text-mono">{keyId}</code>}
        />
      ) : (
        <ErrorState what="This key couldn’t be read." refusal={refusal} />
      )}
    </>
  )
}

async function NotHere({ place }: { place: KeyPlace }) {
  const { scope, keyId, session } = place
  const own = { account: session.principal.account, region: scope.region }
  const region = place.foreign ? undefined : await regionOfKey(place)
  return (
    <div className="max-w-prose space-y-3 text-body">
      <p>
        {region
          ? `It isn’t in ${scope.region}. It is in ${region}. `
          : 'No key with this ID in any Region you can read. It may have been deleted, or the address may be incomplete. '}
        <code className="break-all text-mono">{keyId}</code>
      </p>
      <p className="flex flex-wrap items-center gap-3">
        {region && (
          <LinkButton variant="primary" href={paths.keyRoot({ account: scope.account, region }, keyId)}>
            Open it in {region}
          </LinkButton>
        )}
        <LinkButton href={paths.keys(own)}>Keys in {scope.region}</LinkButton>
      </p>
    </div>
  )
}
