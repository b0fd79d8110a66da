package arm

import (
	"context"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Context is where a template is deployed. What is empty is not known: it
// shows in ids as a fixed stand-in and is an unknown value everywhere else.
type Context struct {
	SubscriptionID, SubscriptionName string
	TenantID, TenantName             string
	CountryCode                      string
	ResourceGroup                    string
	// ResourceGroupLocation is what resourceGroup().location returns.
	ResourceGroupLocation string
	ManagementGroup       string
	DeploymentName        string
	// DeploymentLocation is what deployment().location returns; it exists above
	// the scope of a resource group only.
	DeploymentLocation string
}

// Options are the choices for one expansion.
type Options struct {
	// Parameters are the parameter files, later ones winning.
	Parameters []*source.Document
	// Set holds parameter values that win over the files and the defaults. One
	// whose origin is of the step ParameterTried keeps that step.
	Set map[string]*value.Value
	// Context is where the template is deployed.
	Context Context
	// Scope overrides the scope that the template's $schema names.
	Scope *Scope
	// ReadLinked reads the template or parameter file that the file fromPath
	// links to by a relative path with forward slashes. It returns an error
	// that wraps fs.ErrNotExist where there is none. It must confine itself to
	// what may be read. Where it is nil nothing can be read.
	ReadLinked func(ctx context.Context, fromPath, relative string) (*source.Document, error)
	// Limits bound the work; zero fields have their defaults.
	Limits Limits
	// Reuse is shared by expansions of one template that differ in Set alone;
	// nil for an expansion by itself.
	Reuse *Reuse
}

// Deployment is what a template deploys.
type Deployment struct {
	Template *source.Document
	Scope    Scope
	// Resources are all resources that the template and the templates nested in
	// it deploy, with children of their own and copies expanded, in the
	// order of the template. Resources whose condition is false are not there.
	Resources []*Resource
	// Outputs are those of the template itself.
	Outputs []Output
	// Nested are the nested and linked deployments that were expanded, outer
	// before inner.
	Nested []*Nested
	// Diagnostics are in the order in which they were found, without repeats.
	Diagnostics []Diagnostic
	// Parameters are those of the template itself, in its order.
	Parameters []Parameter

	root *frame
}

// Nested is one nested or linked deployment.
type Nested struct {
	// ID and Name are those of the Microsoft.Resources/deployments resource.
	ID, Name string
	Outputs  []Output
}

// Output is one output of a template.
type Output struct {
	Name  string
	Value *value.Value
}

// Resource is one resource of a deployment.
type Resource struct {
	// ID is the resource id. Where IDKnown is false parts of it are stand-ins:
	// 00000000-0000-0000-0000-000000000000 for the subscription, resource-group
	// for the group, {name} for a parameter without a value. Equal ids of one
	// Deployment are the same resource all the same.
	ID      string
	IDKnown bool
	// Type and Name are those of the whole resource, with the parent's:
	// Microsoft.Network/virtualNetworks/subnets and vnet/aks.
	Type, Name string
	APIVersion string
	// Value is the whole resource: type, name (full), apiVersion, location, tags,
	// properties and so on. Values that cannot be known are Unknown, but resource
	// ids made of stand-ins are strings so that they can be compared.
	Value *value.Value
	// Existing is set for resources that the template only refers to.
	Existing bool
	// Conditional says why it is not known whether the resource is deployed, nil
	// for one that is.
	Conditional *value.Doubt
	// Deployment is the id of the nested deployment that the resource belongs to,
	// empty for those of the template itself.
	Deployment string
	// Origin is where the resource stands in its template.
	Origin *value.Origin
	// Parent is set by Hoist for an inline child: the resource whose text holds it.
	Parent *Resource
}

// Parameter is one parameter of a template.
type Parameter struct {
	Name string
	// Type is the declared type in lower case: string, securestring, int, bool,
	// object, secureobject, array.
	Type string
	// Allowed are the allowedValues; nil where anything is allowed.
	Allowed []*value.Value
	// Default is set where the declaration has a default value.
	Default bool
	// Supplied is set where a parameter file or Options.Set has a value.
	Supplied bool
	// Secure is set for securestring and secureobject.
	Secure bool
	// Used is set where the value was read while computing resources.
	Used bool
	// Value is the value that was used; nil where none was asked for.
	Value *value.Value
	// Origin is where the parameter is declared.
	Origin *value.Origin
}

// Severity classes a diagnostic.
type Severity uint8

// The severities of a diagnostic.
const (
	// Error: Azure refuses the deployment.
	Error Severity = iota
	// Warning: something is likely wrong.
	Warning
	// Note: something was not looked at.
	Note
)

// The codes of diagnostics.
const (
	// CodeExpression: an expression cannot be parsed or evaluated.
	CodeExpression = "expression"
	// CodeCycle: parameters, variables or resources refer to each other.
	CodeCycle = "circular-reference"
	// CodeParameter: a parameter's value is not of its type, or not allowed.
	CodeParameter = "parameter-value"
	// CodeExtraParameter: a value for a parameter that the template does not have.
	CodeExtraParameter = "extra-parameter"
	// CodeResource: a resource lacks its type or name, or they do not fit.
	CodeResource = "resource"
	// CodeCopy: a copy loop is wrong.
	CodeCopy = "copy"
	// CodeTemplate: a part of the template has not the form that it must have.
	CodeTemplate = "template"
	// CodeLinked: a linked template was not found or not read.
	CodeLinked = "linked-template"
	// CodeLimit: a limit was reached.
	CodeLimit = "limit"
)

// Diagnostic is something that is wrong with a template, or that was not
// looked at.
type Diagnostic struct {
	Code     string
	Severity Severity
	// Message is one sentence, in the words of Azure Resource Manager where they
	// are known.
	Message string
	Origin  *value.Origin
}
