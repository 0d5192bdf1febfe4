/** Makes what operations of IAM are about, each thing new and by an administrator, for sweeps over all of them. */
import { allowing, document, trusting } from './sessions.ts'
import { ACCOUNT, type World } from './world.ts'

export const ALLOWING = allowing('kms:Encrypt')
export const TRUSTING = document(trusting(`arn:aws:iam::${ACCOUNT}:root`))
export const Tags = [{ Key: 'a', Value: 'b' }]

export type Makers = ReturnType<typeof openMakers>

/** Names of things are given once. */
export function openMakers(world: World) {
  const admin = world.as('admin')
  let count = 0
  const name = () => `thing-${++count}`
  const made = async (operation: string, input: object) => {
    await admin.call(operation, input)
    return input
  }
  const user = async () => (await admin.call('CreateUser', { UserName: name() })).User.UserName as string
  const group = async () => (await admin.call('CreateGroup', { GroupName: name() })).Group.GroupName as string
  const role = async () => {
    const input = { RoleName: name(), AssumeRolePolicyDocument: TRUSTING }
    return (await admin.call('CreateRole', input)).Role as { RoleName: string; Arn: string }
  }
  const policy = async () => {
    const input = { PolicyName: name(), PolicyDocument: ALLOWING }
    return (await admin.call('CreatePolicy', input)).Policy.Arn as string
  }
  const version = async () => {
    const input = { PolicyArn: await policy(), PolicyDocument: ALLOWING }
    await admin.call('CreatePolicyVersion', input)
    return { PolicyArn: input.PolicyArn, VersionId: 'v2' }
  }
  const accessKey = async () => {
    const UserName = await user()
    const { AccessKey } = await admin.call('CreateAccessKey', { UserName })
    return { UserName, AccessKeyId: AccessKey.AccessKeyId as string }
  }
  const provider = async () => {
    const Url = `https://${name()}.example.com`
    const { OpenIDConnectProviderArn } = await admin.call('CreateOpenIDConnectProvider', { Url, Tags })
    return { Url, OpenIDConnectProviderArn: OpenIDConnectProviderArn as string }
  }
  const device = async () => {
    const input = { VirtualMFADeviceName: name() }
    const { VirtualMFADevice } = await admin.call('CreateVirtualMFADevice', input)
    return { SerialNumber: VirtualMFADevice.SerialNumber as string }
  }
  return { world, admin, name, made, user, group, role, policy, version, accessKey, provider, device }
}
