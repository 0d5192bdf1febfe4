import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'

type Props<A extends string> = {
  label: string
  algorithms: readonly A[]
  value: A
  onChange: (algorithm: A) => void
}

/** One of the algorithms that the key has. */
export function AlgorithmField<A extends string>({ label, algorithms, value, onChange }: Props<A>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => {
            const chosen = algorithms.find((algorithm) => algorithm === event.target.value)
            if (chosen) onChange(chosen)
          }}
        >
          {algorithms.map((algorithm) => (
            <option key={algorithm} value={algorithm}>
              {algorithm}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

/** The algorithm that was chosen, if the key has it, else its first. */
export const algorithmIn = <A extends string>(
  algorithms: readonly A[],
  chosen: string | undefined,
): A | undefined => algorithms.find((algorithm) => algorithm === chosen) ?? algorithms[0]
