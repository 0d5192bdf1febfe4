'use client'

import { Tooltip } from '#components/ui/tooltip.tsx'
import { type Step, stepWords } from './matrix-words.ts'

/** How someone who cannot use the key could let themselves, each with its reason on hover and on focus. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <ul className="py-1">
      {steps.map((step) => (
        <li key={`${step.Action} ${step.Sentence}`}>
          <Tooltip
            trigger={
              <span
                className="whitespace-nowrap text-brass underline decoration-dotted underline-offset-2"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is shown on focus too
                tabIndex={0}
              >
                {stepWords(step)}
              </span>
            }
          >
            {step.Sentence}
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
