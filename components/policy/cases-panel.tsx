'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { question } from '#lib/console/queries.ts'
import { lintPositions } from '#lib/domain/policy-grammar.ts'
import { ErrorState } from '../states.tsx'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/class-names.ts'
import { CloseIcon } from '../ui/close-icon.tsx'
import type { PolicyCase } from './simulation.ts'
import { useSettled } from './use-settled.ts'

/** The pinned cases of a key, asked of a draft again with every edit. */
export function useCases({ account, region }: Scope, reference: string, text: string, askable: boolean) {
  // What settled may be older than the text that was found askable.
  const settled = useSettled(text)
  const readable = useMemo(() => settled !== '' && lintPositions(settled).length === 0, [settled])
  const { data, error, isFetching, refetch } = useQuery({
    ...question(account, region, 'RunPolicyCases', { KeyId: reference, Policy: settled }),
    enabled: askable && readable,
    placeholderData: keepPreviousData,
  })
  return {
    results: data?.Results,
    refusal: error ? refusalIn(error) : undefined,
    busy: isFetching,
    retry: () => void refetch(),
  }
}

export const failuresIn = (results: readonly PolicyCase[] | undefined): number =>
  (results ?? []).filter(({ Passes }) => !Passes).length

type CasesPanelProps = {
  cases: ReturnType<typeof useCases>
  /** Asks one of them again, with its trace. */
  onOpen?: ((one: PolicyCase) => void) | undefined
  onDelete?: ((id: string) => void) | undefined
}

/** Tests of the policy: each passes while its answer stays what it was when it was pinned. */
export function CasesPanel({ cases, onOpen, onDelete }: CasesPanelProps) {
  const { results, refusal, busy, retry } = cases
  if (refusal && !results)
    return <ErrorState what="The pinned cases couldn’t be run." refusal={refusal} onRetry={retry} />
  if (!results)
    return (
      <p className="text-table text-text2">
        {busy ? 'Running the pinned cases…' : 'The cases run as soon as the draft can be read.'}
      </p>
    )
  if (results.length === 0)
    return (
      <p className="max-w-prose text-table text-text2">
        No case is pinned. Simulate a request and pin it: it is then asked again with every edit, by whoever
        edits, and says when its answer would change.
      </p>
    )
  return (
    <ul aria-label="Pinned cases" aria-busy={busy}>
      {results.map((one) => (
        <li key={one.Id} className="flex items-start gap-2 border-b border-line py-1.5 text-table">
          <CaseMark passes={one.Passes} />
          <div className="min-w-0 grow">
            <p className="break-words font-medium">
              {onOpen ? (
                <button type="button" className="link text-start" onClick={() => onOpen(one)}>
                  {one.Name}
                </button>
              ) : (
                one.Name
              )}
            </p>
            <p className="break-words text-label text-text2">
              <span className={cn('font-semibold', one.Passes ? 'text-verdigris' : 'text-vermilion')}>
                {one.Passes ? 'Passes' : 'Fails'}
              </span>
              : must be {one.Expected}, is {one.Allowed ? 'allowed' : 'denied'}. {one.Why}
            </p>
          </div>
          {onDelete && (
            <Button
              variant="quiet"
              size="icon"
              aria-label={`Remove the case ${one.Name}`}
              className="text-text3"
              onClick={() => onDelete(one.Id)}
            >
              <CloseIcon />
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

const CaseMark = ({ passes }: { passes: boolean }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 12 12"
    className={cn('mark mt-[3px] size-3 shrink-0', passes ? 'text-verdigris' : 'text-vermilion')}
  >
    <path
      d={passes ? 'm1.500 6.500 3 3L10.500 3' : 'm2 2 8 8m0-8-8 8'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.800"
    />
  </svg>
)
