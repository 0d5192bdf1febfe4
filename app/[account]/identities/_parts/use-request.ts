'use client'

import { type Mutation, useAction } from '#components/use-action.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { changeIdentity } from '../actions.ts'

type Options = {
  account: string
  /** What was done, as a sentence. */
  done: string
  after?: (() => void) | undefined
}

/** One request of IAM by a button or a form: what `run` is given is what is shown as code. */
export const useRequest = ({ account, done, after }: Options): Mutation<CodeRequest> =>
  useAction(changeIdentity, { account, done: () => done, ...(after && { after }) })
