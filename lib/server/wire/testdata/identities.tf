# Who may use a key, and the key that names them, in one apply (terraform-iam.long.test.ts).
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "endpoint" {}
# What the second apply changes.
variable "narrow" { default = false }
provider "aws" {
  region                  = "eu-west-1"
  skip_metadata_api_check = true
  endpoints {
    iam = var.endpoint
    kms = var.endpoint
    sts = var.endpoint
  }
}
data "aws_caller_identity" "me" {}
locals { root = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }

resource "aws_iam_account_alias" "here" { account_alias = "terraform-here" }

resource "aws_iam_user" "lea" {
  name          = "lea"
  path          = "/people/"
  force_destroy = true
  tags          = { team = "payments", cost = var.narrow ? "2" : "1" }
}
resource "aws_iam_access_key" "lea" { user = aws_iam_user.lea.name }
resource "aws_iam_user_login_profile" "lea" {
  user                    = aws_iam_user.lea.name
  password_length         = 24
  password_reset_required = true
}
resource "aws_iam_user_policy" "lea" {
  name   = "list"
  user   = aws_iam_user.lea.name
  policy = data.aws_iam_policy_document.list.json
}
data "aws_iam_policy_document" "list" {
  statement {
    actions   = var.narrow ? ["kms:ListKeys"] : ["kms:ListKeys", "kms:ListAliases"]
    resources = ["*"]
  }
}
resource "aws_iam_group" "payers" {
  name = "payers"
  path = "/people/"
}
resource "aws_iam_user_group_membership" "lea" {
  user   = aws_iam_user.lea.name
  groups = [aws_iam_group.payers.name]
}
resource "aws_iam_group_policy" "payers" {
  name   = "describe"
  group  = aws_iam_group.payers.name
  policy = data.aws_iam_policy_document.list.json
}
resource "aws_iam_group_policy_attachment" "payers" {
  group      = aws_iam_group.payers.name
  policy_arn = aws_iam_policy.use.arn
}

data "aws_iam_policy_document" "use" {
  statement {
    sid       = "use"
    actions   = var.narrow ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:Encrypt"]
    resources = [aws_kms_key.orders.arn]
  }
}
resource "aws_iam_policy" "use" {
  name        = "use-orders"
  path        = "/payments/"
  description = "uses the key of orders"
  policy      = data.aws_iam_policy_document.use.json
  tags        = { team = "payments" }
}
resource "aws_iam_policy" "most" {
  name = "most"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kms:*", "sts:*"], Resource = "*" }]
  })
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [local.root, aws_iam_user.lea.arn]
    }
  }
}
resource "aws_iam_role" "orders" {
  name                 = "orders"
  path                 = "/payments/"
  description          = var.narrow ? "opens orders" : "handles orders"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.narrow ? 3600 : 7200
  permissions_boundary = aws_iam_policy.most.arn
  tags                 = { team = "payments" }
}
resource "aws_iam_role_policy" "orders" {
  name   = "list"
  role   = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.list.json
}
resource "aws_iam_role_policy_attachment" "orders" {
  role       = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.use.arn
}
resource "aws_iam_role" "maker" {
  name               = "maker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
  inline_policy {
    name   = "make"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*" }] })
  }
}
resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://ci.example.com"
  client_id_list  = var.narrow ? ["sts.amazonaws.com"] : ["sts.amazonaws.com", "app"]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
  tags            = { team = "payments" }
}

resource "aws_kms_key" "orders" {
  description             = "orders"
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.orders.json
}
data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "administrators"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }
  statement {
    sid       = "users"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = var.narrow ? [aws_iam_role.orders.arn] : [aws_iam_role.orders.arn, aws_iam_user.lea.arn]
    }
  }
}
resource "aws_kms_grant" "maker" {
  name              = "maker"
  key_id            = aws_kms_key.orders.key_id
  grantee_principal = aws_iam_role.maker.arn
  operations        = ["GenerateDataKey", "Decrypt"]
}
output "key" { value = aws_kms_key.orders.arn }
output "role" { value = aws_iam_role.orders.arn }
output "lea_id" { value = aws_iam_access_key.lea.id }
output "lea_secret" {
  value     = aws_iam_access_key.lea.secret
  sensitive = true
}
output "me" { value = data.aws_caller_identity.me.arn }
