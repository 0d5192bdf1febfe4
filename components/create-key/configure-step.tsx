'use client'

import { Facts } from '#components/ui/facts.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { RadioTiles, type Tile } from '#components/ui/radio-tiles.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { KEY_SPECS, type KeyUsageName, type OfferedKeySpec } from '#lib/domain/key-spec.ts'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

const TYPES: Record<OfferedKeySpec, Omit<Tile<OfferedKeySpec>, 'value'>> = {
  SYMMETRIC_DEFAULT: {
    label: 'Symmetric',
    help: 'Choose this when the same key encrypts and decrypts, and its material never leaves Keyhouse. AWS services use these.',
  },
}

const USAGES: Partial<Record<KeyUsageName, Omit<Tile<KeyUsageName>, 'value'>>> = {
  ENCRYPT_DECRYPT: {
    label: 'Encrypt and decrypt',
    help: 'Choose this to protect data, or the data keys that protect larger data.',
  },
}

const isOffered = (name: string): name is OfferedKeySpec => Object.hasOwn(KEY_SPECS, name)

/** Step 1: what the key is. Only what this installation makes can be seen, and so chosen. */
export function ConfigureStep() {
  const { setting, draft, update } = useWizard()
  const specs = setting.keySpecs.filter(isOffered)
  const spec = KEY_SPECS[draft.keySpec]
  const usages: readonly KeyUsageName[] = spec.usages
  return (
    <StepForm>
      <Note tone="ink" className="max-w-form">
        You can’t change type, usage, spec, origin or Regionality later.
      </Note>
      <RadioTiles
        legend="Key type"
        columns={1}
        tiles={specs.map((value) => ({ value, ...TYPES[value] }))}
        value={draft.keySpec}
        onChange={(keySpec) => update((now) => ({ ...now, keySpec }))}
      />
      <RadioTiles
        legend="Key usage"
        columns={1}
        tiles={usages.map((value) => ({ value, label: value, help: '', ...USAGES[value] }))}
        value={usages[0] ?? 'ENCRYPT_DECRYPT'}
        // A spec's first usage is its only one so far.
        onChange={() => {}}
      />
      <section>
        <h2 className="mb-2 border-b border-line pb-1 text-section">What comes with it</h2>
        <Facts
          columns={2}
          facts={[
            { term: 'Key spec', value: <code className="text-mono">{draft.keySpec}</code> },
            { term: 'Largest data per call', value: formatBytes(spec.maxPlaintext) },
            { term: 'Origin', value: 'KMS: Keyhouse makes the key material' },
            { term: 'Regionality', value: `Single-Region key, in ${setting.scope.region}` },
          ]}
        />
        <Hint className="mt-4">
          This release makes symmetric keys with material of its own, in one Region.
        </Hint>
      </section>
    </StepForm>
  )
}
