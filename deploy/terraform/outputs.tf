output "stacks" {
  description = "Outputs of each stack."
  value       = { for name, stack in aws_cloudformation_stack.stack : name => stack.outputs }
}
