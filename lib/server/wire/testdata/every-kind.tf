# One of each kind of key and of what hangs on it, as Terraform's AWS provider makes them (terraform.long.test.ts).
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "endpoint" {}
provider "aws" {
  region = "eu-west-1"
  skip_metadata_api_check = true
  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}
provider "aws" {
  alias  = "other"
  region = "us-east-1"
  skip_metadata_api_check = true
  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}
data "aws_caller_identity" "me" {}
locals {
  kinds = {
    rsa_sign    = { spec = "RSA_2048", usage = "SIGN_VERIFY" }
    rsa_encrypt = { spec = "RSA_2048", usage = "ENCRYPT_DECRYPT" }
    p256        = { spec = "ECC_NIST_P256", usage = "SIGN_VERIFY" }
    agree       = { spec = "ECC_NIST_P384", usage = "KEY_AGREEMENT" }
    k1          = { spec = "ECC_SECG_P256K1", usage = "SIGN_VERIFY" }
    mac         = { spec = "HMAC_256", usage = "GENERATE_VERIFY_MAC" }
  }
}
resource "aws_kms_key" "plain" {
  description             = "made by Terraform"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  tags                    = { team = "payments" }
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action = "kms:*", Resource = "*" }] })
}
resource "aws_kms_key" "kind" {
  for_each                 = local.kinds
  customer_master_key_spec = each.value.spec
  key_usage                = each.value.usage
  deletion_window_in_days  = 7
}
resource "aws_kms_alias" "plain" {
  name          = "alias/terraform/plain"
  target_key_id = aws_kms_key.plain.key_id
}
resource "aws_kms_grant" "reader" {
  name              = "reader"
  key_id            = aws_kms_key.plain.key_id
  grantee_principal = data.aws_caller_identity.me.arn
  operations        = ["Encrypt", "Decrypt", "DescribeKey"]
  constraints { encryption_context_equals = { tenant = "acme" } }
}
resource "aws_kms_key" "primary" {
  multi_region            = true
  deletion_window_in_days = 7
}
resource "aws_kms_replica_key" "there" {
  provider                = aws.other
  primary_key_arn         = aws_kms_key.primary.arn
  deletion_window_in_days = 7
}
resource "aws_kms_external_key" "brought" {
  key_material_base64     = "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8="
  enabled                 = true
  deletion_window_in_days = 7
}
resource "aws_kms_ciphertext" "secret" {
  key_id    = aws_kms_key.plain.key_id
  plaintext = "order 42"
  context   = { tenant = "acme" }
}
data "aws_kms_public_key" "p256" { key_id = aws_kms_key.kind["p256"].key_id }
data "aws_kms_secrets" "opened" {
  secret {
    name    = "order"
    payload = aws_kms_ciphertext.secret.ciphertext_blob
    context = { tenant = "acme" }
  }
}
output "opened" {
  value     = data.aws_kms_secrets.opened.plaintext["order"]
  sensitive = true
}
