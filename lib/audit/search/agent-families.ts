/** User agents by the program they are of: what the facet counts, and what agent:aws-cli finds. */
import { type FilterValue, fitsValue } from '../../domain/filter-value.ts'

/** The first family that fits is it. Each text is what an agent begins with, `*` before it: what stands anywhere in it. */
const FAMILIES: readonly (readonly [family: string, ...begins: string[]])[] = [
  ['Terraform', '*terraform'],
  ['Pulumi', '*pulumi'],
  ['aws-cli', 'aws-cli/'],
  ['Boto3', 'boto3/', 'botocore/'],
  ['aws-sdk-js', 'aws-sdk-js/', 'aws-sdk-nodejs/'],
  ['aws-sdk-java', 'aws-sdk-java/'],
  ['aws-sdk-go', 'aws-sdk-go'],
  ['aws-sdk-rust', 'aws-sdk-rust/'],
  ['aws-sdk-dotnet', 'aws-sdk-dotnet'],
  ['aws-sdk-php', 'aws-sdk-php/'],
  ['aws-sdk-ruby', 'aws-sdk-ruby'],
  ['browser', 'mozilla/', 'opera/'],
  ['AWS Internal', 'aws internal'],
]

const agentText = (begins: string): FilterValue =>
  begins.startsWith('*')
    ? { text: '', glob: true, rest: [begins.slice(1), ''] }
    : { text: begins, glob: true }

/** Of any other program, its name: what stands before the first slash or space. */
const OTHER = /^[^/\s]+/

/** Which family an agent is of. */
export function familyOf(agent: string): string {
  const lower = agent.toLowerCase()
  const known = FAMILIES.find(([, ...begins]) => begins.some((text) => fitsValue(lower, agentText(text))))
  return known?.[0] ?? OTHER.exec(agent)?.[0] ?? agent
}

/** Values, to be compared without regard to case, that agents of a family fit, and those of families that come before. */
export function agentsOf(family: string): { fit: readonly FilterValue[]; unfit: readonly FilterValue[] } {
  const at = FAMILIES.findIndex(([name]) => name === family)
  const values = (families: typeof FAMILIES) => families.flatMap(([, ...begins]) => begins.map(agentText))
  if (at >= 0) return { fit: values(FAMILIES.slice(at, at + 1)), unfit: values(FAMILIES.slice(0, at)) }
  return { fit: [], unfit: values(FAMILIES) }
}
