'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { cn } from '#components/ui/class-names.ts'
import { Select } from '#components/ui/input.tsx'
import { PLAYGROUND_OPERATIONS, type PlaygroundOperation, paths } from '#lib/console/paths.ts'
import { BENCHES, GROUPS, unfitReason } from './played.ts'
import { usePlaying } from './playing.tsx'

/** The operations in groups. Those that the picked key is not for say what they need; they then pick a key of their own. */
export function OperationNav({ current }: { current: PlaygroundOperation }) {
  const { scope, key } = usePlaying()
  const router = useRouter()
  const reasonOf = (operation: PlaygroundOperation) => key?.nature && unfitReason(operation, key.nature)
  return (
    <>
      <div className="mb-4 lg:hidden">
        <Select
          aria-label="Operation"
          value={current}
          onChange={(event) => {
            const chosen = PLAYGROUND_OPERATIONS.find((one) => one === event.target.value)
            if (chosen) router.push(paths.playground(scope, chosen))
          }}
        >
          {GROUPS.map(({ title, operations }) => (
            <optgroup key={title} label={title}>
              {operations.map((operation) => (
                <option key={operation} value={operation}>
                  {BENCHES[operation].label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </div>
      <nav aria-label="Operations" className="w-48 shrink-0 max-lg:hidden">
        {GROUPS.map(({ title, operations }) => (
          <div key={title} className="mb-3">
            <p className="px-2 text-label font-medium text-text3">{title}</p>
            <ul>
              {operations.map((operation) => {
                const reason = reasonOf(operation)
                return (
                  <li key={operation}>
                    <Link
                      href={paths.playground(scope, operation)}
                      aria-current={operation === current ? 'page' : undefined}
                      className={cn(
                        'block rounded-control px-2 py-1 text-table hover:bg-hover',
                        operation === current && 'bg-ink-soft font-medium text-ink',
                        reason && operation !== current && 'text-text2',
                      )}
                    >
                      {BENCHES[operation].label}
                      {reason && <span className="block text-label font-normal text-text3">{reason}</span>}
                    </Link>
                  </li>
                )
              })}
            </ul>
          </div>
        ))}
      </nav>
    </>
  )
}
