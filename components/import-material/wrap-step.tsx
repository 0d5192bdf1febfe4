'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { shortMaterial } from '#components/keys/materials.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Note } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { useFlow } from './flow-context.tsx'
import { RegionsNote } from './regions-note.tsx'
import { useGetParameters } from './use-get-parameters.ts'
import { algorithmOffers, keySpecOffers, recommended, withKeySpec } from './wrapping-choice.ts'

/** Step 1: the key that will wrap the material, and how. Asking for it opens a session of 24 hours. */
export function WrapStep() {
  const { setting, stored, store } = useFlow()
  const { scope, described, partition, reference, endpoint } = setting
  const router = useRouter()
  const offline = useOfflineReason()
  const asked = useSearchParams().get('material')
  const spec = described.KeySpec
  const [chosen, setChosen] = useState(() => stored.parameters ?? recommended(spec, partition))
  const { algorithm, keySpec } = chosen
  // Whoever came from a row of the table brings that material again; whoever did not, decides later.
  useEffect(() => store({ material: asked ?? undefined, done: undefined }), [asked, store])
  const mutation = useGetParameters(() =>
    router.push(paths.importMaterial(scope, described.KeyId, 'download')),
  )
  const form = { region: scope.region, key: reference, algorithm, keySpec }
  return (
    <MutationForm
      mutation={mutation}
      values={() => form}
      submit="Get wrapping key and token"
      submitPending="Making a wrapping key…"
      reason={stateReason('importParameters', described.KeyState, described.Arn) ?? offline}
      effect="Makes a key pair and an import token for this key. Both work for 24 hours, for one import."
      cancel={
        <>
          <LinkButton size="form" href={paths.key(scope, described.KeyId, 'material')}>
            Cancel
          </LinkButton>
          <ShowAsCode
            size="form"
            snippets={snippetsFor(
              [
                {
                  name: 'GetParametersForImport',
                  input: { KeyId: reference, WrappingAlgorithm: algorithm, WrappingKeySpec: keySpec },
                },
              ],
              { endpoint, region: scope.region },
            )}
          />
        </>
      }
    >
      {asked && (
        <Note>
          You are bringing material <code className="text-mono">{shortMaterial(asked)}</code> again: it must
          be the same bytes as before.
        </Note>
      )}
      <RegionsNote />
      <RadioTiles
        legend="Wrapping key spec"
        help="Your material travels encrypted under this public key. Only the engine has its private half."
        columns={1}
        value={keySpec}
        onChange={(value) => setChosen(withKeySpec({ algorithm, keySpec }, value, spec))}
        tiles={keySpecOffers(partition).map((offer) => ({ ...offer, label: offer.value }))}
      />
      <RadioTiles
        legend="Wrapping algorithm"
        columns={1}
        value={algorithm}
        onChange={(value) => value !== 'RSAES_PKCS1_V1_5' && setChosen({ algorithm: value, keySpec })}
        tiles={algorithmOffers(spec, keySpec, partition).map((offer) => ({ ...offer, label: offer.value }))}
      />
    </MutationForm>
  )
}
