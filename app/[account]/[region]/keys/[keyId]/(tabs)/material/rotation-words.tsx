import Link from 'next/link'
import { classWords, isReplica, type MaterialKind } from '#components/keys/material-kind.ts'
import { Time } from '#components/time.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import type { KnownKey } from './read-materials.ts'

type Props = { loaded: KnownKey; kind: Exclude<MaterialKind, 'own'>; next?: number | undefined }

/** Where a key's rotation is decided when it is not here, and what to do instead of it. */
export function RotationWords({ loaded, kind, next }: Props) {
  return (
    <div className="max-w-prose space-y-3 text-table text-text2">
      {kind === 'managed' ? (
        <p>
          The service that made this key has it rotated about every year. Neither the schedule nor a rotation
          on demand is yours to change.
          {next !== undefined && (
            <>
              {' '}
              Next on <Time at={next} as="date" />.
            </>
          )}
        </p>
      ) : kind === 'replica' ? (
        <ByPrimary loaded={loaded} next={next} />
      ) : kind === 'imported' ? (
        <Imported loaded={loaded} />
      ) : (
        <ByAlias loaded={loaded} />
      )}
    </div>
  )
}

function ByPrimary({ loaded, next }: Pick<Props, 'loaded' | 'next'>) {
  const { scope, key } = loaded
  const region = key.MultiRegionConfiguration?.PrimaryKey.Region ?? scope.region
  const primary = { account: scope.account, region }
  return (
    <>
      <p>
        This is a replica. Its primary key in {region} keeps the schedule and rotates; new material then comes
        here by itself.
        {next !== undefined && (
          <>
            {' '}
            Next on <Time at={next} as="date" />.
          </>
        )}
      </p>
      <p>
        <LinkButton href={paths.key(primary, key.KeyId, 'material')}>Open the primary in {region}</LinkButton>
      </p>
    </>
  )
}

function Imported({ loaded: { scope, key } }: Pick<Props, 'loaded'>) {
  const region = key.MultiRegionConfiguration?.PrimaryKey.Region
  return (
    <>
      <p>
        Imported material has no schedule. To rotate, import new material: it waits as pending rotation until
        you press Rotate now. The old one goes on decrypting as long as its bytes are here.
      </p>
      {isReplica(key) && region && (
        <p>
          This is a replica: new material goes into its primary first, then the same bytes into each replica,
          and the primary rotates.{' '}
          <Link className="link" href={paths.key({ account: scope.account, region }, key.KeyId, 'material')}>
            Open the primary in {region}
          </Link>
        </p>
      )}
    </>
  )
}

function ByAlias({ loaded: { scope, key, aliases } }: Pick<Props, 'loaded'>) {
  return (
    <>
      <p>
        {classWords(key.KeySpec)} has one material for as long as it exists: KMS rotates symmetric encryption
        keys only.
      </p>
      <p>
        Rotate it by hand: create a second key of the same kind, give whoever needs it the new public key
        where there is one, then repoint the alias that programs use. Keep this key as long as something was
        signed, encrypted or authenticated under it.
      </p>
      <p className="flex flex-wrap gap-2">
        <LinkButton href={paths.key(scope, key.KeyId, 'aliases')}>
          {aliases.length > 0 ? 'Repoint an alias' : 'Open aliases'}
        </LinkButton>
        <LinkButton href={paths.newKey(scope)}>Create key</LinkButton>
      </p>
    </>
  )
}
