package linter_test

import (
	"fmt"
	"strings"
)

// hostileTemplates are ARM templates that ask for more than there is.
func hostileTemplates() []hostileCase {
	return []hostileCase{
		{"copy of 1e9", "a.json", text(templateWith(`"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "[concat('v', copyIndex())]", "copy": {"name": "c", "count": 1000000000}}]`)), "a.json:3 template-error The copy count '1000000000' is not valid"},
		{"template that links to itself", "a.json", text(linkTo("a.json")), "a.json:3 input-limit deployments are nested deeper than 16"},
		{"exponential concat", "a.json", exponentialConcat, "a.json:20 input-limit"},
		{"cyclic variables", "a.json", text(templateWith(`"variables": {"a": "[variables('b')]", "b": "[variables('a')]"}, "resources": [` + networkNamed("[variables('a')]") + `]`)), "a.json:3 template-error Circular"},
		{"expression of 8 MB", "a.json", func() string {
			return templateWith(`"resources": [` + networkNamed("[concat('"+strings.Repeat("x", 8<<20)+"')]") + `]`)
		}, "a.json:3 template-error the expression has 8388620 bytes, more than the limit"},
		{"expression of depth 10,000", "a.json", func() string {
			return templateWith(`"resources": [` + networkNamed("["+strings.Repeat("concat(", 10_000)+"'x'"+strings.Repeat(")", 10_000)+"]") + `]`)
		}, "a.json:3 template-error the expression is nested deeper than the limit"},
	}
}

// templateWith is a template with the further members.
func templateWith(members string) string {
	return "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n\"contentVersion\": \"1.0.0.0\",\n" + members + "}"
}

func networkNamed(name string) string {
	return fmt.Sprintf(`{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": %q, "properties": {}}`, name)
}

func linkTo(path string) string {
	return templateWith(fmt.Sprintf(`"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": %q}}}]`, path))
}

// exponentialConcat doubles a text forty times.
func exponentialConcat() string {
	var b strings.Builder
	b.WriteString(`"variables": {"v0": "xxxxxxxxxxxxxxxx"`)
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&b, ",\n\"v%d\": \"[concat(variables('v%d'), variables('v%d'))]\"", i, i-1, i-1)
	}
	b.WriteString(`}, "resources": [` + networkNamed("[variables('v40')]") + `]`)
	return templateWith(b.String())
}
