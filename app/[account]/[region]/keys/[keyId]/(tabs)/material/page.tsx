import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { type MaterialKind, materialKind } from '#components/keys/material-kind.ts'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'
import { type KeyProps, loadKey, readRotation, titleOf } from '../../key.ts'
import { AutomaticRotation } from './automatic-rotation.tsx'
import { ImportButton, OneImportedMaterial } from './imported-material.tsx'
import { Materials, targetOf } from './materials.tsx'
import type { KnownKey } from './read-materials.ts'
import { RotationWords } from './rotation-words.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Key material', params)

type PartProps = { loaded: KnownKey; kind: MaterialKind }

export default async function MaterialPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const kind = materialKind(loaded.key)
  const symmetric = kind !== 'fixed' && kind !== 'imported-fixed'
  return (
    <>
      {symmetric ? <Materials loaded={loaded} kind={kind} /> : <OneMaterial loaded={loaded} kind={kind} />}
      <Rotation loaded={loaded} kind={kind} />
    </>
  )
}

/** Asymmetric and HMAC keys: KMS names no materials of theirs. */
function OneMaterial({ loaded: { scope, key }, kind }: PartProps) {
  if (kind === 'fixed')
    return (
      <Section title="Key material">
        <Hint>One material, made here when the key was created. It never leaves the engine.</Hint>
      </Section>
    )
  return (
    <Section
      title="Key material"
      actions={<ImportButton scope={scope} described={key} first={key.KeyState === 'PendingImport'} />}
    >
      <OneImportedMaterial scope={scope} described={key} />
    </Section>
  )
}

async function Rotation({ loaded, kind }: PartProps) {
  const { scope, reference } = loaded
  const scheduled = kind === 'own' || kind === 'managed' || kind === 'replica'
  if (!scheduled)
    return (
      <Section title={kind === 'imported' ? 'Rotation' : 'Manual rotation'}>
        <RotationWords loaded={loaded} kind={kind} />
      </Section>
    )
  const rotation = await readRotation(scope.region, reference)
  return (
    <Section title="Automatic rotation">
      {rotation.refusal ? (
        <Refused loaded={loaded} refusal={rotation.refusal} />
      ) : kind === 'own' ? (
        <AutomaticRotation
          key={`${rotation.output.KeyRotationEnabled} ${rotation.output.RotationPeriodInDays}`}
          scope={scope}
          target={await targetOf(loaded)}
          enabled={rotation.output.KeyRotationEnabled}
          days={rotation.output.RotationPeriodInDays}
          next={rotation.output.NextRotationDate}
        />
      ) : (
        <RotationWords loaded={loaded} kind={kind} next={rotation.output.NextRotationDate} />
      )}
    </Section>
  )
}

function Refused({ loaded, refusal }: { loaded: KnownKey; refusal: RefusalView }) {
  if (!isDenied(refusal)) return <ErrorState what="The schedule couldn’t be loaded." refusal={refusal} />
  const resource = (
    <KeyName keyId={loaded.keyId} alias={loaded.aliases[0]?.AliasName} className="align-bottom" />
  )
  return <Denied refusal={refusal} what="You can’t view this key’s rotation schedule." resource={resource} />
}
