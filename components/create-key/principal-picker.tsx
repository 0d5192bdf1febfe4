'use client'

import { ErrorState } from '#components/states.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { count, principalLabel } from '#lib/console/format.ts'
import { PasteArns } from './paste-arns.tsx'
import { PrincipalTable } from './principal-table.tsx'
import { useWizard } from './wizard-context.tsx'

type PickerProps = {
  /** "Key administrators": names the table. */
  label: string
  chosen: readonly string[]
  onChange: (arns: string[]) => void
  /** What a row must say besides: that someone would also manage the key. */
  warning?: (arn: string) => string | undefined
}

/** Chooses identities of the account: from the list, or by ARN. */
export function PrincipalPicker({ label, chosen, onChange, warning }: PickerProps) {
  const { principals, setting } = useWizard()
  const toggle = (arn: string) =>
    onChange(chosen.includes(arn) ? chosen.filter((one) => one !== arn) : [...chosen, arn])
  // The account itself is in the policy's first statement; here one chooses people and programs.
  const people = principals.list?.filter(({ kind }) => kind !== 'root')
  return (
    <div className="max-w-form">
      <Chosen label={label} chosen={chosen} onRemove={toggle} />
      {principals.refusal ? (
        <ErrorState
          what="The identities of this account couldn’t be listed. ARNs can still be pasted."
          refusal={principals.refusal}
          onRetry={principals.retry}
        />
      ) : (
        people && (
          <PrincipalTable
            label={label}
            people={people}
            self={setting.self}
            chosen={chosen}
            onToggle={toggle}
            warning={warning}
          />
        )
      )}
      <PasteArns chosen={chosen} onAdd={(arns) => onChange([...chosen, ...arns])} />
    </div>
  )
}

function Chosen({
  label,
  chosen,
  onRemove,
}: {
  label: string
  chosen: readonly string[]
  onRemove: (arn: string) => void
}) {
  return (
    <div className="mb-3 min-h-6">
      <p className="sr-only" role="status">
        {count(chosen.length, 'identity', 'identities')} chosen
      </p>
      {chosen.length > 0 && (
        <ul aria-label={`${label}, chosen`} className="flex flex-wrap gap-1.5">
          {chosen.map((arn) => (
            <li key={arn} className="max-w-full">
              <Chip mono={false} onRemove={() => onRemove(arn)} removeLabel={`Remove ${principalLabel(arn)}`}>
                {principalLabel(arn)}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
