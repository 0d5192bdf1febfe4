import { materialKind } from '#components/keys/material-kind.ts'
import { isPending, type Material, shortMaterial } from '#components/keys/materials.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader, Section } from '#components/page-header.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { paths } from '#lib/console/paths.ts'
import { readMaterials } from '../(tabs)/material/read-materials.ts'
import { type KeyProps, loadKey, readRow, titleOf } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { DeleteMaterialForm } from './delete-material-form.tsx'

type Props = KeyProps & { searchParams: Promise<{ material?: string | string[] }> }

export const generateMetadata = ({ params }: KeyProps) => titleOf('Delete key material', params)

/** Confirmation level 3: what stops working when the bytes go, and the key's own name typed. */
export default async function DeleteMaterialPage({ params, searchParams }: Props) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, aliases, name, foreign } = loaded
  const asked = (await searchParams).material
  const kind = materialKind(key)
  const [read, row] = await Promise.all([
    kind === 'imported' ? readMaterials(loaded) : undefined,
    foreign ? undefined : readRow(scope.region, key.KeyId),
  ])
  const wanted = typeof asked === 'string' ? asked : key.CurrentKeyMaterialId
  const material = read?.materials?.find(({ id }) => id === wanted)
  const id = kind === 'imported' ? wanted : undefined
  const imported = kind === 'imported' || kind === 'imported-fixed'
  return (
    <>
      <PageHeader
        crumbs={[
          { label: scope.region },
          { label: 'Keys', href: paths.keys(scope) },
          { label: name, href: paths.key(scope, key.KeyId) },
          { label: 'Key material', href: paths.key(scope, key.KeyId, 'material') },
          { label: 'Delete' },
        ]}
        title={`Delete key material of ${name}`}
        fact={id && <code className="text-mono">{shortMaterial(id)}</code>}
      />
      <div className="max-w-form">
        {imported ? (
          <>
            <Section title="What will happen">
              <Consequences material={material} name={name} family={key.MultiRegion} />
            </Section>
            <DeleteMaterialForm
              scope={scope}
              keyId={key.KeyId}
              alias={aliases[0]?.AliasName}
              target={{ reference, name, lastUse: row?.lastUse }}
              material={id}
              reason={stateReason('deleteMaterial', key.KeyState, key.Arn)}
            />
          </>
        ) : (
          <Hint>
            The material of this key was made here. Only imported material can be deleted by itself.
          </Hint>
        )}
      </div>
    </>
  )
}

type ConsequencesProps = { material: Material | undefined; name: string; family: boolean }

function Consequences({ material, name, family }: ConsequencesProps) {
  if (material && isPending(material))
    return (
      <p className="text-table text-text2">
        It waits for its rotation, so nothing was encrypted under it yet. The key forgets it and goes on as it
        is{family && '; where this is the primary, its replicas forget it too'}.
      </p>
    )
  return (
    <div className="space-y-2">
      <Note tone="vermilion">
        {name} becomes Pending import at once: no call can use it, neither to encrypt nor to decrypt
        {material?.state === 'NON_CURRENT' && ', not even with its current material'}.
      </Note>
      <p className="text-table text-text2">
        Keyhouse keeps no copy. The key works again when exactly the same bytes are imported; without your own
        copy, what was encrypted under them is lost. Metadata, policy, aliases and tags stay.
        {family && ' Other Regions keep theirs.'}
      </p>
    </div>
  )
}
