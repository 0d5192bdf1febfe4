import { ErrorState } from '#components/states.tsx'
import { isDenied } from '#lib/console/messages.ts'
import { parseFilter } from '#lib/domain/filter.ts'
import { AUDIT_FIELDS } from '#lib/domain/operations/insight.ts'
import type { Events } from './use-events.ts'

/** Why the list could not be read. For a filter that cannot be read, where in it. */
export function FilterFault({ events, filter }: { events: Events; filter: string }) {
  const { refusal, rows, retry, refining } = events
  if (!refusal) return null
  const [fault] = parseFilter(filter, AUDIT_FIELDS).faults
  const kept = rows.length > 0 ? ' What is below is what was read before.' : ''
  return (
    <div className="mb-3">
      {fault && (
        <p className="mb-1 font-mono text-mono">
          {filter.slice(0, fault.start)}
          <mark className="bg-vermilion-soft text-vermilion underline decoration-wavy">
            {filter.slice(fault.start, fault.end) || ' '}
          </mark>
          {filter.slice(fault.end)}
        </p>
      )}
      <ErrorState
        what={
          isDenied(refusal)
            ? 'You can’t read the audit log.'
            : fault
              ? `This filter can’t be read.${kept}`
              : `The log couldn’t be read.${kept}`
        }
        refusal={refusal}
        {...(!fault && { onRetry: retry })}
        retrying={refining}
      />
    </div>
  )
}
