/** Which steps are done: each leaves a hash of what it was made from, and is repeated when that changes. */
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { Fault } from './progress.mjs'

const stampFile = (name, folder) => join(folder, 'node_modules', '.keyhouse', name)

/** True where the step was done with exactly these files and folders as they are now. */
export function fresh(name, inputs, folder) {
  const file = stampFile(name, folder)
  return existsSync(file) && readFileSync(file, 'utf8') === hashOf(inputs, folder)
}

/** Says that the step is done. Written last, so that a step that was cut short is repeated. */
export function stamp(name, inputs, folder) {
  const file = stampFile(name, folder)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, hashOf(inputs, folder))
}

function hashOf(inputs, folder) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const input of inputs) {
    for (const file of filesOf(input)) {
      hash
        .update(`${relative(folder, file)}\n`)
        .update(createHash('sha256').update(readFileSync(file)).digest())
    }
  }
  return hash.digest('hex')
}

const TESTS = /\.test\.tsx?$/

/** The files under a path, in an order that does not depend on the machine; none where there is nothing. */
function filesOf(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .filter((name) => !TESTS.test(name))
    .flatMap((name) => filesOf(join(path, name)))
}

export function requireWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Fault(
      `Something must be installed or built, and ${folder} cannot be written by this user. Run npm start once as a user who may, or use a clone of your own.`,
    )
  }
}
