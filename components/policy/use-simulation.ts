'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { question } from '#lib/console/queries.ts'
import type { KnownKeyKind } from '#lib/domain/action-kinds.ts'
import { firstQuestion, questionOf, type Simulated } from './simulation.ts'
import { useSettled } from './use-settled.ts'

export type Answer = {
  readonly data: OutputOf<'ExplainAccess'> | undefined
  readonly refusal: RefusalView | undefined
  readonly busy: boolean
}

export type Simulation = {
  readonly form: Simulated
  readonly set: (part: Partial<Simulated>) => void
  /** What the answers are about; undefined until it is asked for. */
  readonly asked: Simulated | undefined
  readonly ask: (simulated?: Simulated) => void
  readonly stop: () => void
  readonly saved: Answer
  readonly draft: Answer
}

type Subject = {
  readonly scope: Scope
  readonly reference: string
  readonly self: string
  readonly key: KnownKeyKind
  readonly text: string
  /** Whether the text is a policy at all, so that it can be asked. */
  readonly askable: boolean
}

/** One question, asked of what is saved and of the draft; of the draft again with every edit. */
export function useSimulation({ scope, reference, self, key, text, askable }: Subject): Simulation {
  const [form, setForm] = useState(() => firstQuestion(self, key))
  const [asked, setAsked] = useState<Simulated>()
  const settled = useSettled(text)
  const input = questionOf(asked ?? form, reference)
  const { account, region } = scope
  const saved = useQuery({
    ...question(account, region, 'ExplainAccess', input),
    enabled: asked !== undefined,
  })
  const draft = useQuery({
    ...question(account, region, 'ExplainAccess', { ...input, Policy: settled }),
    enabled: asked !== undefined && askable && settled !== '',
    placeholderData: keepPreviousData,
  })
  const answerOf = ({ data, error, isFetching }: typeof saved): Answer => ({
    data,
    refusal: error ? refusalIn(error) : undefined,
    busy: isFetching,
  })
  return {
    form,
    set: (part) => setForm((now) => ({ ...now, ...part })),
    asked,
    ask: (simulated) => {
      if (simulated) setForm(simulated)
      setAsked(simulated ?? form)
    },
    stop: () => setAsked(undefined),
    saved: answerOf(saved),
    draft: answerOf(draft),
  }
}
