'use client'

import { Facts } from '#components/ui/facts.tsx'
import { Note } from '#components/ui/hint.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { algorithmsOf, KEY_SPECS, type KeyUsageName } from '#lib/domain/key-spec.ts'
import type { Draft } from './draft.ts'
import {
  type KeyType,
  SPEC_HELP,
  specsFor,
  TYPE_WORDS,
  typeOf,
  USAGE_WORDS,
  usagesFor,
  withKind,
} from './key-kinds.ts'
import { RefusedHere } from './refused-here.tsx'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

/** Step 1: what the key is. Only combinations that AWS has can be chosen. */
export function ConfigureStep() {
  const { setting, draft, update } = useWizard()
  const { partition } = setting
  const type = typeOf(draft.keySpec)
  const specs = specsFor(type, draft.keyUsage, partition)

  function choose(nextType: KeyType, nextUsage: KeyUsageName): void {
    const [spec] = specsFor(nextType, nextUsage, partition)
    if (spec) update((now) => withKind(now, spec, nextUsage))
  }

  return (
    <StepForm>
      <RefusedHere />
      <Note tone="ink" className="max-w-form">
        You can’t change type, usage, spec, origin or Regionality later.
      </Note>
      <RadioTiles
        legend="Key type"
        tiles={(['symmetric', 'asymmetric'] as const).map((value) => ({ value, ...TYPE_WORDS[value] }))}
        value={type}
        onChange={(next) => choose(next, usagesFor(next, partition)[0] ?? 'ENCRYPT_DECRYPT')}
      />
      <RadioTiles
        legend="Key usage"
        tiles={usagesFor(type, partition).map((value) => ({ value, ...USAGE_WORDS[value] }))}
        value={draft.keyUsage}
        onChange={(usage) => choose(type, usage)}
      />
      {specs.length > 1 && (
        <RadioTiles
          legend="Key spec"
          tiles={specs.map((value) => ({ value, label: KEY_SPECS[value].label, help: SPEC_HELP[value] }))}
          value={draft.keySpec}
          onChange={(spec) => update((now) => withKind(now, spec, now.keyUsage))}
        />
      )}
      <OriginAndRegions />
      <WhatComesWithIt draft={draft} region={setting.scope.region} />
    </StepForm>
  )
}

function OriginAndRegions() {
  const { setting, draft, update } = useWizard()
  const { imports, label } = KEY_SPECS[draft.keySpec]
  const { region } = setting.scope
  return (
    <>
      <RadioTiles
        legend="Origin of the key material"
        tiles={[
          {
            value: 'AWS_KMS',
            label: 'KMS',
            help: 'Choose this unless you must: Keyhouse makes the key material.',
          },
          {
            value: 'EXTERNAL',
            label: 'Import key material',
            help: 'Choose this to bring material you made elsewhere and keep a copy of.',
            ...(!imports && { reason: `AWS imports no material into ${label} keys.` }),
          },
        ]}
        value={draft.origin}
        onChange={(origin) => update((now) => ({ ...now, origin }))}
      />
      <RadioTiles
        legend="Regionality"
        tiles={[
          {
            value: 'single',
            label: 'Single-Region key',
            help: `Choose this unless data must be decrypted elsewhere: it lives in ${region} only.`,
          },
          {
            value: 'multi',
            label: 'Multi-Region key',
            help: `A primary in ${region}; replicas with the same id and material can be made in other Regions.`,
          },
        ]}
        value={draft.multiRegion ? 'multi' : 'single'}
        onChange={(value) => update((now) => ({ ...now, multiRegion: value === 'multi' }))}
      />
    </>
  )
}

function WhatComesWithIt({ draft, region }: { draft: Draft; region: string }) {
  const spec = KEY_SPECS[draft.keySpec]
  const algorithms = Object.values(algorithmsOf(draft.keySpec, draft.keyUsage)).flat()
  const limits = Object.values(spec.maxPlaintext)
  const encrypts = draft.keyUsage === 'ENCRYPT_DECRYPT' && limits.length > 0
  return (
    <section>
      <h2 className="mb-2 border-b border-line pb-1 text-section">What comes with it</h2>
      <Facts
        columns={2}
        facts={[
          { term: 'Key spec', value: <code className="text-mono break-all">{draft.keySpec}</code> },
          {
            term: 'Algorithms',
            value: <code className="text-mono break-words">{algorithms.join(', ')}</code>,
          },
          ...(encrypts ? [{ term: 'Largest data per call', value: formatBytes(Math.max(...limits)) }] : []),
          {
            term: 'Origin',
            value:
              draft.origin === 'EXTERNAL'
                ? 'Imported: the key waits for its material'
                : 'KMS: Keyhouse makes the key material',
          },
          {
            term: 'Regionality',
            value: draft.multiRegion
              ? `Multi-Region primary, in ${region}`
              : `Single-Region key, in ${region}`,
          },
        ]}
      />
    </section>
  )
}
