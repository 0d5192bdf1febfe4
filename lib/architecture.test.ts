/** The architecture is a test: who may import whom, and what stands where (ARCHITECTURE.md). */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const OURS = ['app', 'components', 'lib', 'e2e', 'bench']
const SKIPPED = /(^|\/)(generated|testdata|node_modules)(\/|$)/

/** A folder of lib may import only the folders listed for it, and the packages named. */
const MAY_IMPORT: Record<string, { folders: string[]; packages: RegExp }> = {
  domain: { folders: [], packages: /^zod$/ },
  crypto: { folders: ['domain'], packages: /^(jose$|node:|@noble\/(curves|post-quantum)\/)/ },
  policy: { folders: ['domain'], packages: /^$/ },
  store: { folders: ['domain'], packages: /^(pg|@prisma\/adapter-pg|node:buffer)$/ },
  audit: {
    folders: ['domain', 'crypto', 'store'],
    // The places outside that are told of it: files, HTTP, syslog.
    packages: /^(pg|zod|node:(buffer|dgram|fs\/promises|http|https|net|path|tls|zlib))$/,
  },
  rootkey: { folders: ['domain', 'crypto'], packages: /^node:/ },
  engine: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'rootkey'], packages: /^(zod|pg)$/ },
  kms: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'engine'], packages: /^zod$/ },
  iam: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'engine'], packages: /^zod$/ },
  cloudtrail: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'engine'], packages: /^zod$/ },
  insight: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'engine'], packages: /^zod$/ },
  jobs: { folders: ['domain', 'crypto', 'policy', 'store', 'audit', 'engine'], packages: /^$/ },
  desk: {
    folders: [
      'domain',
      'crypto',
      'policy',
      'store',
      'audit',
      'engine',
      'kms',
      'iam',
      'cloudtrail',
      'insight',
    ],
    packages: /^(zod|node:)/,
  },
  aws: { folders: ['domain', 'crypto', 'engine'], packages: /^node:/ },
  cli: { folders: ['domain', 'crypto', 'audit', 'aws'], packages: /^node:/ },
  console: { folders: ['domain'], packages: /^(zod|next|next-auth|react|server-only|@tanstack|node:|nuqs)/ },
  server: { folders: ['*'], packages: /./ },
  testing: { folders: ['*'], packages: /./ },
}

type Source = { path: string; text: string; imports: { from: string; typeOnly: boolean }[] }

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !SKIPPED.test(path))
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const imports = [...text.matchAll(IMPORT)].map((match) => ({
    from: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  }))
  return { path, text, imports }
}

const isTest = (path: string) =>
  /\.(test|e2e)\.tsx?$/.test(path) || path.startsWith('e2e/') || path.startsWith('lib/testing/')
const sources = OURS.flatMap((folder) => {
  try {
    return filesUnder(folder)
  } catch {
    return []
  }
}).map(read)
const product = sources.filter((source) => !isTest(source.path))

/** lib/kms/keys.ts importing '../engine/call.ts' or '#lib/engine/call.ts' → 'engine'; a package → undefined. */
function folderOf(source: Source, from: string): string | undefined {
  if (from.startsWith('#lib/')) return from.split('/')[1]
  if (!from.startsWith('.')) return undefined
  const target = join(source.path, '..', from).split('/')
  return target[0] === 'lib' ? target[1] : target[0]
}

function wrongImports(source: Source): string[] {
  const own = source.path.split('/')[1] ?? ''
  const rule = MAY_IMPORT[own]
  if (!rule) return [`${source.path} is in a folder that ARCHITECTURE.md does not name`]
  return source.imports
    .filter(({ from, typeOnly }) => {
      const folder = folderOf(source, from)
      if (folder === undefined) return !typeOnly && !rule.packages.test(from)
      // The console may know the types of operations, and nothing of them at run time.
      if (own === 'console' && typeOnly) return false
      return folder !== own && !rule.folders.includes('*') && !rule.folders.includes(folder)
    })
    .map(({ from }) => `${source.path} imports ${from}`)
}

/** Code without its comments, which may talk of anything. */
const codeOf = (source: Source) => source.text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')

const found = (files: Source[], pattern: RegExp, except: RegExp) =>
  files
    .filter((source) => !except.test(source.path) && pattern.test(codeOf(source)))
    .map((source) => source.path)

describe('the arrows', () => {
  it('of lib run as ARCHITECTURE.md says', () => {
    const wrong = product.filter((source) => /^lib\/[^/]+\//.test(source.path)).flatMap(wrongImports)
    expect(wrong).toEqual([])
  })

  it('of components stop at domain and what the console says is safe in a browser', () => {
    const allowed =
      /^#lib\/(domain\/|console\/(paths|format|messages|queries|snippets|code\/shell|outputs|operations|exported)\.ts$)/
    const wrong = product
      .filter((source) => source.path.startsWith('components/'))
      .flatMap((source) =>
        source.imports
          .filter(
            ({ from, typeOnly }) =>
              !typeOnly && (from.startsWith('#lib/') || from.startsWith('#app/')) && !allowed.test(from),
          )
          .map(({ from }) => `${source.path} imports ${from}`),
      )
    expect(wrong).toEqual([])
  })

  it('of app reach components, domain and the console, never the engine', () => {
    const wrong = product
      .filter((source) => source.path.startsWith('app/'))
      .flatMap((source) =>
        source.imports
          .filter(
            ({ from, typeOnly }) =>
              !typeOnly && from.startsWith('#lib/') && !/^#lib\/(console|domain)\//.test(from),
          )
          .map(({ from }) => `${source.path} imports ${from}`),
      )
    expect(wrong).toEqual([])
  })

  it('never lead to a server: nothing imports lib/server', () => {
    const wrong = product
      .filter((source) => !/^(lib\/server|bench)\//.test(source.path))
      .filter((source) => source.imports.some(({ from }) => folderOf(source, from) === 'server'))
    expect(wrong.map((source) => source.path)).toEqual([])
  })
})

describe('what stands where', () => {
  it.each([
    ['node:crypto is imported', /from ['"]node:crypto['"]/, /^lib\/crypto\//],
    [
      'process.env is read',
      /process\.env\b/,
      /^lib\/(server\/configuration|server\/supervisor|console\/environment)/,
    ],
    [
      "this machine's clock is read",
      /\bDate\.now\(\)|new Date\(\)/,
      /^(lib\/(engine\/clock|cli\/|server\/|console\/)|app\/|components\/|bench\/)/,
    ],
    ['Math.random is called', /Math\.random/, /^$/],
    ['any is written', /:\s*any\b|<any>|\bas any\b(?! of)/, /^$/],
    ['a type error is silenced', /@ts-(ignore|expect-error|nocheck)/, /^$/],
    // Before the page's script runs a browser sends it by itself: a GET would put what was typed into the address.
    ['a form could be sent by GET', /<form\b(?!\s+method="post")/, /^$/],
    ['Prisma is imported', /from ['"](@prisma|[^'"]*generated\/client)/, /^lib\/store\//],
  ])('only where it belongs: %s', (_, pattern, home) => {
    expect(found(product, pattern, home)).toEqual([])
  })

  it('every file of lib says first what it is', () => {
    const silent = product.filter(
      (source) =>
        source.path.startsWith('lib/') &&
        !/^(#!.*\n)?(['"]use (client|server)['"]\n+)?(import 'server-only'\n+)?\/\*\*/.test(source.text),
    )
    expect(silent.map((source) => source.path)).toEqual([])
  })

  it('no file of lib is longer than 300 lines', () => {
    const long = product.filter(
      (source) => source.path.startsWith('lib/') && source.text.split('\n').length > 301,
    )
    expect(long.map((source) => source.path)).toEqual([])
  })

  it('every optional package in the lockfile has an entry, so that npm ci works on every platform', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
    const entries = Object.keys(lock.packages)
    const names = new Set(entries.map((path) => path.replace(/^.*node_modules\//, '')))
    const missing = entries
      .flatMap((path) => Object.keys(lock.packages[path].optionalDependencies ?? {}))
      .filter((name) => !names.has(name))
    expect([...new Set(missing)]).toEqual([])
  })
})
