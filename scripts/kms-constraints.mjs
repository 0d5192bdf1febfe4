/**
 * node scripts/kms-constraints.mjs <service-2.json of botocore's kms>: writes lib/testing/testdata/kms-constraints.json.
 *
 * Facts only, no text: shapes and limits of botocore's KMS model (Apache License 2.0), and the operations, members and
 * enumeration values that the installed @aws-sdk/client-kms (Apache License 2.0) has beyond it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SDK_OPERATIONS, sdkEnum } from '../lib/testing/sdk-shapes.ts'

/** Enumerations of members that the model lacks: the SDK's schemas do not name them. */
const NEWER_ENUMS = { EncapsulationAlgorithm: 'EncapsulationAlgorithmSpec' }

const [path] = process.argv.slice(2)
if (!path) {
  console.error('Usage: node scripts/kms-constraints.mjs <model>')
  process.exit(2)
}
const model = JSON.parse(readFileSync(path, 'utf8'))
const enums = {}

function enumOf(name, values) {
  enums[name] = [...new Set([...values, ...(sdkEnum(name) ?? [])])]
  return name
}

/** A member and what is below it, as [path, constraints]. */
function flatten(at, name, required) {
  const { type, min, max, pattern, sensitive, enum: values, member, members = {} } = model.shapes[name]
  const facts = {
    type,
    ...(required && { required }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern && { pattern }),
    ...(sensitive && { sensitive }),
    ...(values && { enum: enumOf(name, values) }),
  }
  const below = member
    ? flatten(`${at}[]`, member.shape, false)
    : Object.entries(members).flatMap(([inner, { shape }]) => flatten(`${at}.${inner}`, shape, false))
  return [[at, facts], ...below]
}

const known = new Map()
for (const { input } of Object.values(model.operations))
  for (const [name, { shape }] of Object.entries(input ? model.shapes[input.shape].members : {}))
    for (const [at, facts] of flatten(name, shape, false)) if (!known.has(at)) known.set(at, facts)

/** A member as the SDK has it, with the limits that the model gives to it, or to one of its name. */
function factsOf(members, { path: at, type, required }) {
  const { required: _, ...limits } = members.get(at) ?? known.get(at) ?? { type }
  const newer = NEWER_ENUMS[at]
  return {
    ...limits,
    ...(required && { required }),
    ...(newer && { enum: enumOf(newer, []) }),
  }
}

const operations = {}
for (const [name, { input, output, errors }] of SDK_OPERATIONS) {
  const shape = model.operations[name]?.input
  const members = new Map(
    Object.entries(shape ? model.shapes[shape.shape].members : {}).flatMap(([member, inner]) =>
      flatten(member, inner.shape, false),
    ),
  )
  operations[name] = {
    input: Object.fromEntries(input.map((member) => [member.path, factsOf(members, member)])),
    output: output.map((member) => member.path),
    errors,
  }
}

const line = (value) => JSON.stringify(value)
const block = (entries) => `{\n${entries.join(',\n')}\n}`
const written = block([
  `"sources": ${line([
    `botocore, kms ${model.metadata.apiVersion}, service-2.json, Apache License 2.0: shapes and limits, no text`,
    '@aws-sdk/client-kms, Apache License 2.0: newer operations, members, enumeration values',
  ])}`,
  `"enums": ${block(
    Object.keys(enums)
      .sort()
      .map((name) => `${line(name)}: ${line(enums[name])}`),
  )}`,
  `"operations": ${block(Object.entries(operations).map(([name, facts]) => `${line(name)}: ${line(facts)}`))}`,
])
const target = join(import.meta.dirname, '..', 'lib', 'testing', 'testdata', 'kms-constraints.json')
writeFileSync(target, `${written}\n`)
