'use client'

import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'

const MOST = 1000

/** Why, in the words of whoever acknowledges; recorded with the event. */
export function CommentField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <Field label="Comment" help="What was found out. It is recorded in the log." optional>
      {(control) => (
        <Textarea
          {...control}
          maxLength={MOST}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
