import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { MaterialSpine } from '#components/keys/material-spine.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import { type KeyProps, type LoadedKey, loadKey, readRotation, readRow, titleOf } from '../../key.ts'
import { AutomaticRotation } from './automatic-rotation.tsx'
import { type Material, MaterialTable } from './material-table.tsx'
import { RotateNow } from './rotate-now.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Key material', params)

// "You can rotate a KMS key on demand at most 25 times" — facts 10
const MOST_ON_DEMAND = 25

type Known = Extract<LoadedKey, { key: object }>

async function readMaterials({ scope, reference, key }: Known) {
  const input = { KeyId: reference, IncludeKeyMaterial: 'ALL_KEY_MATERIAL', Limit: 100 } as const
  const { output, refusal } = await tryAsk('ListKeyRotations', input, { region: scope.region })
  if (refusal) return { refusal }
  const materials = output.Rotations.map(
    (entry): Material => ({
      id: entry.KeyMaterialId,
      current: entry.KeyMaterialState === 'CURRENT',
      type: entry.RotationType ?? 'INITIAL',
      // The first material was never rotated to: it is as old as the key.
      from: entry.RotationDate ?? key.CreationDate,
    }),
  )
  return { materials: materials.toSorted((a, b) => a.from - b.from) }
}

export default async function MaterialPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, name, foreign } = loaded
  const [read, rotation, row] = await Promise.all([
    readMaterials(loaded),
    readRotation(scope.region, reference),
    foreign ? undefined : readRow(scope.region, key.KeyId),
  ])
  const target = { reference, name, arn: key.Arn, state: key.KeyState, ...(row && { lastUse: row.lastUse }) }
  const left =
    read.materials && MOST_ON_DEMAND - read.materials.filter(({ type }) => type === 'ON_DEMAND').length
  return (
    <>
      <Section
        title="Key material"
        actions={<RotateNow scope={scope} target={target} left={left} />}
        fact={left !== undefined && `${left} of ${MOST_ON_DEMAND} on-demand rotations left`}
      >
        {read.refusal ? (
          <Refused
            loaded={loaded}
            refusal={read.refusal}
            denied="You can’t view this key’s rotations."
            failed="The rotations couldn’t be loaded."
          />
        ) : (
          <>
            <MaterialSpine
              now={Date.now() / 1000}
              next={rotation.output?.NextRotationDate}
              segments={read.materials}
            />
            {read.materials.length === 1 && (
              <p className="mb-3 max-w-prose text-table text-text2">
                This key has its first material. Rotation adds new material and keeps the old for decrypting.
              </p>
            )}
            <MaterialTable materials={read.materials.toReversed()} />
          </>
        )}
      </Section>
      <Section title="Automatic rotation">
        {rotation.refusal ? (
          <Refused
            loaded={loaded}
            refusal={rotation.refusal}
            denied="You can’t view this key’s rotation schedule."
            failed="The schedule couldn’t be loaded."
          />
        ) : (
          <AutomaticRotation
            key={`${rotation.output.KeyRotationEnabled} ${rotation.output.RotationPeriodInDays}`}
            scope={scope}
            target={target}
            enabled={rotation.output.KeyRotationEnabled}
            days={rotation.output.RotationPeriodInDays}
            next={rotation.output.NextRotationDate}
          />
        )}
      </Section>
    </>
  )
}

function Refused({
  loaded,
  refusal,
  denied,
  failed,
}: {
  loaded: Known
  refusal: RefusalView
  denied: string
  failed: string
}) {
  if (!isDenied(refusal)) return <ErrorState what={failed} refusal={refusal} />
  const resource = (
    <KeyName keyId={loaded.keyId} alias={loaded.aliases[0]?.AliasName} className="align-bottom" />
  )
  return <Denied refusal={refusal} what={denied} resource={resource} />
}
