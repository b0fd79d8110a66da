package ruletest

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// File is one file of a new rule.
type File struct{ Name, Text string }

// ruleName is the shape of a rule's id.
var ruleName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) })

// Targets are examples of what rules can judge.
func Targets() []string {
	return []string{"Service", "networking.k8s.io/Ingress", "Microsoft.ContainerService/managedClusters", "Microsoft.Network/virtualNetworks"}
}

// Scaffold makes a rule that looks for an owner: its module, its unit tests and
// its cases. They pass as they are.
func Scaffold(name, target string) ([]File, error) {
	if !ruleName().MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a rule: want words in lower case with dashes, like owner-label", name)
	}
	file := strings.ReplaceAll(name, "-", "_")
	replace := strings.NewReplacer("RULE", name, "TARGET", target)
	module, test, cases := kubernetesModule, kubernetesTest, kubernetesCases(target)
	if strings.HasPrefix(strings.ToLower(target), "microsoft.") {
		module, test, cases = armModule, armTest, armCases
	}
	return []File{
		{file + ".rego", replace.Replace(metadata + module)},
		{file + "_test.rego", replace.Replace(testHeader + test)},
		{file + ".txtar", replace.Replace(cases)},
	}, nil
}

const metadata = `# METADATA
# title: Resource names no owner
# description: Say what is checked and why it matters.
# related_resources:
#   - ref: https://example.com/our-rules
# custom:
#   severity: warning
#   targets: [TARGET]
#   remediation: Say what to do.
package aksnetlint.rules["RULE"]

`

const kubernetesModule = `deny contains {"path": ["metadata", "labels"], "message": message} if {
	not input.resource.metadata.labels.owner
	message := sprintf("%s has no label owner", [input.resource.metadata.name])
}
`

const armModule = `deny contains {"path": ["tags"], "message": message} if {
	not input.resource.tags.owner
	message := sprintf("%s has no tag owner", [input.resource.name])
}
`

const testHeader = `package aksnetlint.rules["RULE_test"]

import data.aksnetlint.rules["RULE"] as rule

`

const kubernetesTest = `test_no_owner if {
	some hit in rule.deny with input as {"resource": {"metadata": {"name": "shop"}}}
	hit.path == ["metadata", "labels"]
}

test_owner if {
	count(rule.deny) == 0 with input as {"resource": {"metadata": {"name": "shop", "labels": {"owner": "team"}}}}
}
`

const armTest = `test_no_owner if {
	some hit in rule.deny with input as {"resource": {"name": "shop", "tags": {}}}
	hit.path == ["tags"]
}

test_owner if {
	count(rule.deny) == 0 with input as {"resource": {"name": "shop", "tags": {"owner": "team"}}}
}
`

// kubernetesCases are two objects of the target's kind, one with an owner.
func kubernetesCases(target string) string {
	version, kind := "v1", target
	if group, k, grouped := strings.Cut(target, "/"); grouped {
		version, kind = group+"/v1", k
	}
	return `RULE judges objects of kind TARGET.
-- bad/no-owner.yaml --
apiVersion: ` + version + `
kind: ` + kind + `
metadata:
  name: shop
-- good/owner.yaml --
apiVersion: ` + version + `
kind: ` + kind + `
metadata:
  name: shop
  labels:
    owner: team
-- want --
bad/no-owner.yaml:3:1: warning: RULE: shop has no label owner
`
}

const armCases = `RULE judges resources of type TARGET.
-- bad/no-owner.json --
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "TARGET",
      "apiVersion": "2025-05-01",
      "name": "shop"
    }
  ]
}
-- good/owner.json --
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "TARGET",
      "apiVersion": "2025-05-01",
      "name": "shop",
      "tags": {"owner": "team"}
    }
  ]
}
-- want --
bad/no-owner.json:6:7: warning: RULE: shop has no tag owner
`
