import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import type { MaterialKind } from '#components/keys/material-kind.ts'
import { MaterialSpine } from '#components/keys/material-spine.tsx'
import { type Material, MOST_ON_DEMAND, onDemandLeft } from '#components/keys/materials.ts'
import { Section } from '#components/page-header.tsx'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import type { DeedTarget } from '../../../key-deeds.tsx'
import { readRotation, readRow } from '../../key.ts'
import { ImportButton } from './imported-material.tsx'
import { MaterialTable } from './material-table.tsx'
import { type KnownKey, readDecrypts, readMaterials } from './read-materials.ts'
import { RotateNow } from './rotate-now.tsx'

export async function targetOf({ scope, key, reference, name, foreign }: KnownKey): Promise<DeedTarget> {
  const row = foreign ? undefined : await readRow(scope.region, key.KeyId)
  return { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
}

/** All materials of a symmetric key, and what may be done about them. */
export async function Materials({ loaded, kind }: { loaded: KnownKey; kind: MaterialKind }) {
  const { scope, key, reference } = loaded
  const [read, decrypts, rotation, target] = await Promise.all([
    readMaterials(loaded),
    readDecrypts(loaded),
    kind === 'imported' ? undefined : readRotation(scope.region, reference),
    targetOf(loaded),
  ])
  const { materials } = read
  const left = materials && onDemandLeft(materials)
  const rotates = kind === 'own' || kind === 'imported'
  return (
    <Section
      title="Key material"
      fact={rotates && left !== undefined && `${left} of ${MOST_ON_DEMAND} on-demand rotations left`}
      actions={
        <>
          {kind === 'imported' && (
            <ImportButton scope={scope} described={key} first={materials?.length === 0} />
          )}
          {kind !== 'managed' && (
            <RotateNow
              scope={scope}
              target={target}
              left={left}
              kind={kind}
              primary={key.MultiRegionConfiguration?.PrimaryKey.Region ?? scope.region}
              pending={materials?.find(({ state }) => state.startsWith('PENDING'))?.state}
            />
          )}
        </>
      }
    >
      {read.refusal ? (
        <Refused loaded={loaded} refusal={read.refusal} />
      ) : (
        <>
          <MaterialSpine
            now={Date.now() / 1000}
            next={rotation?.output?.NextRotationDate}
            segments={read.materials}
            decrypts={decrypts?.counts}
            days={decrypts?.days}
          />
          <FirstWords kind={kind} materials={read.materials} />
          {!decrypts && !loaded.foreign && (
            <PartialLine>
              Decrypts per material couldn’t be read (cloudtrail:LookupEvents is denied).
            </PartialLine>
          )}
          {read.materials.length > 0 && (
            <MaterialTable
              scope={scope}
              keyId={key.KeyId}
              materials={read.materials.toReversed()}
              decrypts={decrypts?.counts}
              imported={kind === 'imported'}
            />
          )}
          {decrypts && !decrypts.exact && (
            <p className="pt-1 text-label text-text3">Decrypts are counted among the newest 10,000 uses.</p>
          )}
        </>
      )}
    </Section>
  )
}

function FirstWords({ kind, materials }: { kind: MaterialKind; materials: readonly Material[] }) {
  if (materials.length === 0)
    return <Hint className="mb-3">This key has no material yet. It works once you have imported some.</Hint>
  if (materials.length > 1) return null
  return (
    <Hint className="mb-3">
      This key has its first material. Rotation adds new material and keeps the old for decrypting.
      {kind === 'imported' && ' Keep a copy of what you imported: it can’t be read back from here.'}
    </Hint>
  )
}

function Refused({ loaded, refusal }: { loaded: KnownKey; refusal: RefusalView }) {
  if (!isDenied(refusal)) return <ErrorState what="The rotations couldn’t be loaded." refusal={refusal} />
  const resource = (
    <KeyName keyId={loaded.keyId} alias={loaded.aliases[0]?.AliasName} className="align-bottom" />
  )
  return <Denied refusal={refusal} what="You can’t view this key’s rotations." resource={resource} />
}
