'use client'

import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type RegionChoiceProps = {
  regions: readonly string[]
  /** Regions that hold a member, the primary's first. */
  taken: readonly string[]
  /** Chosen ones, each with the alias its replica gets. */
  chosen: Readonly<Record<string, string>>
  onChange: (chosen: Record<string, string>) => void
  error: string | undefined
  faultOf: (alias: string) => string | undefined
}

/** The account's Regions: those that have a member stay in sight and say so. */
export function RegionChoice({ regions, taken, chosen, onChange, error, faultOf }: RegionChoiceProps) {
  function choose(region: string, on: boolean) {
    const { [region]: _, ...others } = chosen
    onChange(on ? { ...others, [region]: '' } : others)
  }
  return (
    <FieldGroup legend="Regions" help="A replica is made in each Region that you tick." error={error}>
      <ul>
        {regions.map((region) => {
          const has = taken.includes(region)
          const alias = chosen[region]
          return (
            <li key={region} className="border-b border-line py-1.5">
              <Checkbox
                label={region}
                help={
                  has
                    ? region === taken[0]
                      ? 'The primary key is here.'
                      : 'It has a replica here.'
                    : undefined
                }
                checked={has || alias !== undefined}
                // Not `disabled`: it stays reachable, and its reason is read.
                aria-disabled={has || undefined}
                className={has ? 'opacity-50' : undefined}
                onChange={(event) => !has && choose(region, event.target.checked)}
              />
              {alias !== undefined && (
                <Field
                  label={`Alias in ${region}`}
                  help="Aliases are not shared between Regions. alias/ is put before it."
                  optional
                  error={alias.trim() === '' ? undefined : faultOf(alias)}
                  className="ms-6 mb-1 max-w-96"
                >
                  {(control) => (
                    <Input
                      {...control}
                      mono
                      autoComplete="off"
                      autoCapitalize="off"
                      spellCheck={false}
                      maxLength={250}
                      value={alias}
                      onChange={(event) => onChange({ ...chosen, [region]: event.target.value })}
                    />
                  )}
                </Field>
              )}
            </li>
          )
        })}
      </ul>
    </FieldGroup>
  )
}
