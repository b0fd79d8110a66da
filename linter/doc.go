// Package linter judges the AKS network settings of Kubernetes manifests and
// ARM templates: paths in, findings with exact places out.
package linter
