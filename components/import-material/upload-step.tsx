'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { isReplica } from '#components/keys/material-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { Countdown, useExpired } from './countdown.tsx'
import { FileDrop } from './file-drop.tsx'
import { type ImportForm, useEngineNow, useFlow } from './flow-context.tsx'
import { importInput } from './import-input.ts'
import { ImportRefusal } from './import-refusal.tsx'
import { isRemedied } from './refusal-words.ts'
import { RegionsNote } from './regions-note.tsx'
import { TermsFields } from './terms-fields.tsx'
import { descriptionFault, firstTerms, readUntil, type Terms } from './upload-terms.ts'
import { useUploads } from './use-uploads.ts'

/** Step 3: wrapped material and token, what is said about them, and checks before anything is sent. */
export function UploadStep() {
  const { setting, stored, store, setMade } = useFlow()
  const { scope, described, reference, materials, endpoint, name } = setting
  const router = useRouter()
  const offline = useOfflineReason()
  const now = useEngineNow()
  const expired = useExpired()
  const uploads = useUploads()
  const [terms, setTerms] = useState<Terms>(() =>
    firstTerms({ materials, replica: isReplica(described), asked: stored.material }),
  )
  const until = readUntil(terms, now)
  const mutation = useAction((form: ImportForm) => setting.calls.importMaterial(form), {
    account: scope.account,
    done: () => `Key material is imported into ${name}.`,
    after: (output) => {
      setMade(undefined)
      store({ done: output.KeyMaterialId ?? '', parameters: undefined, material: undefined })
      router.push(paths.importMaterial(scope, described.KeyId, 'done'))
    },
  })
  const symmetric = described.KeySpec === 'SYMMETRIC_DEFAULT'
  const said = {
    ...(until.at !== undefined && { validTo: until.at }),
    ...(symmetric && materials && materials.length > 0 && { type: terms.type }),
    ...(symmetric &&
      terms.type === 'EXISTING_KEY_MATERIAL' &&
      terms.material && { material: terms.material }),
    ...(symmetric && terms.description !== '' && { description: terms.description }),
  }
  function values(): ImportForm | undefined {
    const files = uploads.checked()
    if (!files || until.fault || descriptionFault(terms.description)) return undefined
    return { region: scope.region, key: reference, ...files, ...said }
  }
  const { wrapped, token } = uploads
  if (isRemedied(mutation.refusal) || (expired && token.ofThisTab))
    return (
      <ImportRefusal
        refusal={mutation.refusal}
        wrapping={stored.parameters}
        onBack={() => mutation.reset()}
      />
    )
  return (
    <MutationForm
      mutation={mutation}
      values={values}
      submit="Import key material"
      submitPending="Importing…"
      reason={stateReason('importMaterial', described.KeyState, described.Arn) ?? offline}
      effect={described.KeyState === 'PendingImport' && `${name} can be used once its material is here.`}
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
                  name: 'ImportKeyMaterial',
                  input: importInput({ key: reference, token: '', wrapped: '', ...said }),
                },
              ],
              { endpoint, region: scope.region },
            )}
          />
        </>
      }
    >
      <RegionsNote />
      <FileDrop
        label="Wrapped key material"
        help="The file that you encrypted under the wrapping public key. Never the plaintext."
        {...wrapped}
      />
      <FileDrop label="Import token" help="The token that was downloaded with that public key." {...token} />
      {token.ofThisTab && (
        <p className="text-label text-text2">
          The token of this tab. <Countdown />
        </p>
      )}
      <TermsFields terms={terms} onChange={setTerms} untilFault={until.fault} />
    </MutationForm>
  )
}
