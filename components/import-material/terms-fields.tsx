'use client'

import { isReplica } from '#components/keys/material-kind.ts'
import { shortMaterial } from '#components/keys/materials.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import { useFlow } from './flow-context.tsx'
import { descriptionFault, newMaterialFault, type Terms } from './upload-terms.ts'

type Props = { terms: Terms; onChange: (terms: Terms) => void; untilFault: string | undefined }

/** What is said about the material: whether it is new, until when it is good, what it is. */
export function TermsFields({ terms, onChange, untilFault }: Props) {
  const { described, materials } = useFlow().setting
  const symmetric = described.KeySpec === 'SYMMETRIC_DEFAULT'
  const set = (change: Partial<Terms>) => onChange({ ...terms, ...change })
  return (
    <>
      {symmetric && materials && materials.length > 0 && <ImportType terms={terms} set={set} />}
      <Checkbox
        label="The material expires"
        help="KMS deletes it then, and the key becomes Pending import until the same bytes come again."
        checked={terms.expires}
        onChange={(event) => set({ expires: event.target.checked })}
      />
      {terms.expires && (
        <Field
          label="Expires on"
          help="In UTC, at most 365 days from now."
          error={untilFault}
          className="max-w-64"
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={terms.until}
              onChange={(event) => set({ until: event.target.value })}
            />
          )}
        </Field>
      )}
      {symmetric && (
        <Field
          label="Description"
          optional
          help="Where it comes from. Not a secret: it appears in lists and in the log."
          error={descriptionFault(terms.description)}
        >
          {(control) => (
            <Input
              {...control}
              value={terms.description}
              onChange={(event) => set({ description: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}

function ImportType({ terms, set }: { terms: Terms; set: (change: Partial<Terms>) => void }) {
  const { setting, stored } = useFlow()
  const { described, materials = [] } = setting
  const fault = newMaterialFault({
    materials,
    replica: isReplica(described),
    asked: stored.material,
  })
  return (
    <>
      <RadioTiles
        legend="Import type"
        value={terms.type}
        onChange={(type) => set({ type })}
        tiles={[
          {
            value: 'NEW_KEY_MATERIAL',
            label: 'New material',
            help: 'For a rotation: it waits until you press Rotate now.',
            ...(fault && { reason: fault }),
          },
          {
            value: 'EXISTING_KEY_MATERIAL',
            label: 'Existing material again',
            help: 'The same bytes: after they were deleted or expired, or to change their end.',
          },
        ]}
      />
      {terms.type === 'EXISTING_KEY_MATERIAL' && (
        <Field
          label="Which material"
          help="Named, the import is refused if the bytes are another’s."
          className="max-w-96"
        >
          {(control) => (
            <Select
              {...control}
              value={terms.material}
              onChange={(event) => set({ material: event.target.value })}
            >
              <option value="">Whichever it is</option>
              {materials.map(({ id, importState }) => (
                <option key={id} value={id}>
                  {shortMaterial(id)}
                  {importState === 'PENDING_IMPORT' && ', pending import'}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  )
}
