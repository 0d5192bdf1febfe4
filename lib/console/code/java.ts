/** Requests in Java, for the AWS SDK 2. */
import {
  awsName,
  BLOB_FILES,
  type CodeName,
  type CodePlace,
  type CodeRequest,
  type CodeService,
  CREATED_KEY,
  enumerationOf,
  hasMoments,
  isRecord,
  lowerFirst,
  MOMENTS,
  members,
  readsFiles,
  SECRETS,
  STRUCTURES,
  servedBy,
  usesCreated,
} from './request.ts'

// Map.of takes ten pairs at most.
function map(value: Readonly<Record<string, unknown>>): string {
  const pairs = members(value).map(([name, text]) => `${JSON.stringify(name)}, ${JSON.stringify(text)}`)
  return pairs.length <= 10
    ? `Map.of(${pairs.join(', ')})`
    : `Map.ofEntries(${pairs.map((pair) => `Map.entry(${pair})`).join(', ')})`
}

const structure = (operation: CodeName, type: string, value: Readonly<Record<string, unknown>>): string =>
  `${type}.builder()${members(value)
    .map(([name, member]) => setter(operation, name, member))
    .join('')}.build()`

function javaValue(operation: CodeName, name: string, value: unknown): string {
  const file = BLOB_FILES[name]
  if (file) return `file("${file}")`
  if (value === CREATED_KEY) return 'keyId'
  if (Object.hasOwn(SECRETS, name)) return JSON.stringify(SECRETS[name])
  if (MOMENTS.has(name)) return `Instant.ofEpochSecond(${value})`
  const type = STRUCTURES[name]
  if (Array.isArray(value)) {
    const parts = value.map((one) =>
      type && isRecord(one) ? structure(operation, type, one) : JSON.stringify(one),
    )
    return type ? parts.join(', ') : `List.of(${parts.join(', ')})`
  }
  if (isRecord(value)) return type ? structure(operation, type, value) : map(value)
  return JSON.stringify(value)
}

/** Lists of an enumeration are set as text by a method of their own. */
function setter(operation: CodeName, name: string, value: unknown): string {
  const words = Array.isArray(value) && enumerationOf(operation, name) !== undefined
  return `.${lowerFirst(name)}${words ? 'WithStrings' : ''}(${javaValue(operation, name, value)})`
}

function call({ name, input }: CodeRequest, service: CodeService, captured: boolean): string {
  const set = members(input).map(([member, value]) => `\n                ${setter(name, member, value)}`)
  const lambda = set.length === 0 ? 'request -> {}' : `request -> request${set.join('')}`
  const called = `${service}.${lowerFirst(awsName(name))}(${lambda})`
  return captured
    ? `            String keyId = ${called}.keyMetadata().keyId();`
    : `            System.out.println(${called});`
}

const FILE = `

    static SdkBytes file(String name) {
        try {
            return SdkBytes.fromByteArray(Files.readAllBytes(Path.of(name)));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }`

/** A whole class. What is secret the SDK leaves out when it prints an answer. */
export function java(requests: readonly CodeRequest[], place: CodePlace): string {
  const captures = requests.some(usesCreated)
  const service = servedBy(requests)
  const client = `${service.charAt(0).toUpperCase()}${service.slice(1)}Client`
  const body = requests
    .map((request) => call(request, service, captures && request.name === 'CreateKey'))
    .join('\n')
  const reads = requests.some(readsFiles)
  const types = [...new Set(Object.values(STRUCTURES))].filter((type) => body.includes(`${type}.builder()`))
  const imports = [
    ...(reads ? ['java.io.IOException', 'java.io.UncheckedIOException'] : []),
    'java.net.URI',
    ...(reads ? ['java.nio.file.Files', 'java.nio.file.Path'] : []),
    ...(requests.some(hasMoments) ? ['java.time.Instant'] : []),
    ...(body.includes('List.of(') ? ['java.util.List'] : []),
    ...(/Map\.(of|ofEntries)\(/.test(body) ? ['java.util.Map'] : []),
    ...(reads ? ['software.amazon.awssdk.core.SdkBytes'] : []),
    'software.amazon.awssdk.regions.Region',
    `software.amazon.awssdk.services.${service}.${client}`,
    ...types.toSorted().map((type) => `software.amazon.awssdk.services.${service}.model.${type}`),
  ]
  return `${imports.map((name) => `import ${name};`).join('\n')}

class Example {
    public static void main(String[] arguments) {
        try (${client} ${service} = ${client}.builder()
                .region(Region.of("${place.region}"))
                .endpointOverride(URI.create("${place.endpoint}"))
                .build()) {
${body}
        }
    }${reads ? FILE : ''}
}`
}
