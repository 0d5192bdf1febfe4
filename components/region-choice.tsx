'use client'

import { REGIONS } from '#lib/domain/account.ts'
import { Checkbox } from './ui/checkbox.tsx'
import { FieldGroup } from './ui/field.tsx'

const HELP =
  'A key lives in one Region. At least one; they only name places, and all are served by this installation.'

type RegionChoiceProps = {
  chosen: readonly string[]
  error?: string | undefined
  onChange: (regions: string[]) => void
}

/** Which Regions an account has. One that is not among the well-known stays as long as it is ticked. */
export function RegionChoice({ chosen, error, onChange }: RegionChoiceProps) {
  const others = chosen.filter((name) => !REGIONS.some((region) => region.name === name))
  const listed = [...REGIONS, ...others.map((name) => ({ name, label: '' }))]
  return (
    <FieldGroup legend="Regions" help={HELP} error={error}>
      <div className="grid max-h-52 overflow-y-auto rounded-control border border-line-strong bg-surface px-2.5 py-1.5 sm:grid-cols-2">
        {listed.map((region) => (
          <Checkbox
            key={region.name}
            label={
              <>
                <span className="font-mono text-mono">{region.name}</span>{' '}
                <span className="text-text2">{region.label}</span>
              </>
            }
            checked={chosen.includes(region.name)}
            onChange={(event) => {
              const kept = chosen.filter((name) => name !== region.name)
              onChange(event.target.checked ? [...kept, region.name] : kept)
            }}
          />
        ))}
      </div>
    </FieldGroup>
  )
}
