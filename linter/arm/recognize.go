package arm

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Scope says at which level of Azure a template deploys.
type Scope uint8

// The scopes of a deployment.
const (
	ResourceGroupScope Scope = iota
	SubscriptionScope
	ManagementGroupScope
	TenantScope
)

// String returns the scope as it is named in schemas and messages.
func (s Scope) String() string {
	return [...]string{"resourceGroup", "subscription", "managementGroup", "tenant"}[s]
}

// The names of the schema files of templates, without ".json", in lower case.
// Source: https://schema.management.azure.com/schemas/.
var templateSchemas = map[string]Scope{
	"deploymenttemplate":                ResourceGroupScope,
	"subscriptiondeploymenttemplate":    SubscriptionScope,
	"managementgroupdeploymenttemplate": ManagementGroupScope,
	"tenantdeploymenttemplate":          TenantScope,
}

// schemaName returns the file name of a document's $schema in lower case and
// without its ending, "" where there is none of Azure's.
func schemaName(root *source.Node) string {
	schema := root.GetFold("$schema")
	if schema == nil || schema.Kind != source.String {
		return ""
	}
	uri := strings.ToLower(strings.TrimSpace(schema.Text))
	if !strings.Contains(uri, "schema.management.azure.com/") {
		return ""
	}
	uri = strings.TrimRight(uri, "#")
	name := uri[strings.LastIndexByte(uri, '/')+1:]
	return strings.TrimSuffix(name, ".json")
}

// IsTemplate says whether a document is an ARM template, by its $schema.
func IsTemplate(doc *source.Document) bool {
	_, ok := TemplateScope(doc)
	return ok
}

// TemplateScope returns the scope that a template's $schema names, false where
// the document is no template.
func TemplateScope(doc *source.Document) (Scope, bool) {
	if doc == nil || doc.Root == nil || doc.Root.Kind != source.Object {
		return 0, false
	}
	scope, ok := templateSchemas[schemaName(doc.Root)]
	return scope, ok
}

// IsParameterFile says whether a document is a file of parameter values, by
// its $schema.
func IsParameterFile(doc *source.Document) bool {
	if doc == nil || doc.Root == nil || doc.Root.Kind != source.Object {
		return false
	}
	switch schemaName(doc.Root) {
	case "deploymentparameters", "subscriptiondeploymentparameters",
		"managementgroupdeploymentparameters", "tenantdeploymentparameters":
		return true
	}
	return false
}

// TemplateLink returns the path of the template that a parameter file names in
// metadata.template, relative to the file, or "".
func TemplateLink(parameters *source.Document) string {
	if parameters == nil {
		return ""
	}
	link := parameters.Root.GetFold("metadata").GetFold("template")
	if link == nil || link.Kind != source.String {
		return ""
	}
	return link.Text
}
