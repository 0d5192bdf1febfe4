'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { question } from '#lib/console/queries.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { type Finding, localFindings } from './findings.ts'
import { useSettled } from './use-settled.ts'

/** How the server is asked about a text: as a key's policy, or as one that hangs on an identity. */
export type LintQuestion = {
  readonly account: string
  readonly region: string
} & (
  | { readonly kind: 'key'; readonly about: Omit<InputOf<'LintKeyPolicy'>, 'Policy'> }
  | { readonly kind: 'identity' | 'trust'; readonly about: Omit<InputOf<'LintIdentityPolicy'>, 'Policy'> }
)

export type Findings = {
  readonly findings: readonly Finding[]
  /** Whether they are about the text as it is now, server's word included. */
  readonly settled: boolean
  readonly refusal: RefusalView | undefined
  readonly retry: () => void
}

/** Of syntax and schema at once; all others when the server has answered, half a second after the last key. */
export function useFindings(text: string, asked: LintQuestion): Findings {
  const { account, region } = asked
  const settledText = useSettled(text)
  const options =
    asked.kind === 'key'
      ? question(account, region, 'LintKeyPolicy', { ...asked.about, Policy: settledText })
      : question(account, region, 'LintIdentityPolicy', { ...asked.about, Policy: settledText })
  const { data, error, isPlaceholderData, refetch } = useQuery({
    // Both answer findings.
    ...(options as ReturnType<typeof question<'LintKeyPolicy'>>),
    enabled: settledText !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const kind: PolicyKind = asked.kind
  const deferred = useDeferredValue(text)
  const local = useMemo(() => localFindings(deferred, kind), [deferred, kind])
  const settled = text === settledText && data !== undefined && !isPlaceholderData
  return {
    findings: settled ? data.Findings : local,
    settled,
    refusal: error ? refusalIn(error) : undefined,
    retry: () => void refetch(),
  }
}
