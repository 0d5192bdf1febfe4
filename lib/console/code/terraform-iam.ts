/** What Terraform makes of requests of IAM: part of terraform.ts. Deleting is leaving a resource out. */
import { type Argument, block, hcl, type Input, literal, type Made, tags, text } from './hcl.ts'
import type { CodeName } from './request.ts'

type Resource = (input: Input) => Made

const EXISTING = 'What the resource leaves out, Terraform takes away: give it everything that it has.'

const made = (type: string, given: readonly Argument[], note?: string): Made => ({
  blocks: [block(`resource "${type}" "this"`, given)],
  ...(note !== undefined && { note }),
})

/** An argument of something that exists, which is taken over first under its name or ARN. */
const ofExisting = (type: string, id: unknown, given: readonly Argument[]): Made => ({
  blocks: [
    block('import', [
      ['to', `${type}.this`],
      ['id', hcl(String(id))],
    ]),
    block(`resource "${type}" "this"`, given),
  ],
  note: EXISTING,
})

const ofUser = (input: Input, given: readonly Argument[]) =>
  ofExisting('aws_iam_user', input.UserName, [['name', text(input.UserName)], ...given])
const ofRole = (input: Input, given: readonly Argument[]) =>
  ofExisting('aws_iam_role', input.RoleName, [['name', text(input.RoleName)], ...given])

const attachment =
  (type: string, holder: string, member: string): Resource =>
  (input) =>
    made(type, [
      [holder, text(input[member])],
      ['policy_arn', text(input.PolicyArn)],
    ])

const inline =
  (type: string, holder: string, member: string): Resource =>
  (input) =>
    made(type, [
      ['name', text(input.PolicyName)],
      [holder, text(input[member])],
      ['policy', text(input.PolicyDocument)],
    ])

const password: Resource = (input) =>
  made(
    'aws_iam_user_login_profile',
    [
      ['user', text(input.UserName)],
      ['password_reset_required', literal(input.PasswordResetRequired)],
    ],
    'Terraform chooses the password itself; it stands in its state.',
  )

export const IAM_RESOURCES: Readonly<Partial<Record<CodeName, Resource>>> = {
  CreateUser: (input) =>
    made('aws_iam_user', [
      ['name', text(input.UserName)],
      ['path', text(input.Path)],
      ['permissions_boundary', text(input.PermissionsBoundary)],
      ['tags', tags(input.Tags)],
    ]),
  UpdateUser: (input) => ofExisting('aws_iam_user', input.UserName, [['name', text(input.NewUserName)]]),
  TagUser: (input) => ofUser(input, [['tags', tags(input.Tags)]]),
  PutUserPermissionsBoundary: (input) =>
    ofUser(input, [['permissions_boundary', text(input.PermissionsBoundary)]]),
  CreateAccessKey: (input) =>
    made(
      'aws_iam_access_key',
      [['user', text(input.UserName)]],
      'The secret stands in Terraform’s state: keep the state as safe as the secret.',
    ),
  UpdateAccessKey: (input) =>
    ofExisting('aws_iam_access_key', input.AccessKeyId, [
      ['user', text(input.UserName)],
      ['status', text(input.Status)],
    ]),
  CreateLoginProfile: password,
  UpdateLoginProfile: password,
  AddUserToGroup: (input) =>
    made('aws_iam_user_group_membership', [
      ['user', text(input.UserName)],
      ['groups', `[${hcl(String(input.GroupName))}]`],
    ]),
  AttachUserPolicy: attachment('aws_iam_user_policy_attachment', 'user', 'UserName'),
  AttachRolePolicy: attachment('aws_iam_role_policy_attachment', 'role', 'RoleName'),
  AttachGroupPolicy: attachment('aws_iam_group_policy_attachment', 'group', 'GroupName'),
  PutUserPolicy: inline('aws_iam_user_policy', 'user', 'UserName'),
  PutRolePolicy: inline('aws_iam_role_policy', 'role', 'RoleName'),
  PutGroupPolicy: inline('aws_iam_group_policy', 'group', 'GroupName'),
  CreateGroup: (input) =>
    made('aws_iam_group', [
      ['name', text(input.GroupName)],
      ['path', text(input.Path)],
    ]),
  CreateRole: (input) =>
    made('aws_iam_role', [
      ['name', text(input.RoleName)],
      ['path', text(input.Path)],
      ['description', text(input.Description)],
      ['max_session_duration', literal(input.MaxSessionDuration)],
      ['permissions_boundary', text(input.PermissionsBoundary)],
      ['assume_role_policy', text(input.AssumeRolePolicyDocument)],
      ['tags', tags(input.Tags)],
    ]),
  UpdateRole: (input) =>
    ofRole(input, [
      ['description', text(input.Description)],
      ['max_session_duration', literal(input.MaxSessionDuration)],
    ]),
  UpdateAssumeRolePolicy: (input) => ofRole(input, [['assume_role_policy', text(input.PolicyDocument)]]),
  TagRole: (input) => ofRole(input, [['tags', tags(input.Tags)]]),
  PutRolePermissionsBoundary: (input) =>
    ofRole(input, [['permissions_boundary', text(input.PermissionsBoundary)]]),
  CreatePolicy: (input) =>
    made('aws_iam_policy', [
      ['name', text(input.PolicyName)],
      ['path', text(input.Path)],
      ['description', text(input.Description)],
      ['policy', text(input.PolicyDocument)],
      ['tags', tags(input.Tags)],
    ]),
  CreatePolicyVersion: (input) =>
    ofExisting('aws_iam_policy', input.PolicyArn, [['policy', text(input.PolicyDocument)]]),
}
