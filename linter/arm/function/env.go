// Package function evaluates the expressions of ARM templates: the functions
// of the language, the access to members and elements, and the rules for values
// that cannot be known before deployment.
//
// Source of the functions: "ARM template functions",
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
package function

import (
	"strings"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// Env is what an expression can see around it. Package arm implements it for
// templates, scopes and user functions.
//
// An error's text becomes the message of a Diagnostic at the call, and the
// value of the call is unknown. An implementation that has reported an
// error itself returns an unknown value with reason value.TemplateError and no
// error. Names are compared without regard to case.
//
// Methods may be called while Budget.Speculating holds: the expression stands
// on a branch that may not be taken, so that an error found now is not certain.
type Env interface {
	// Parameter returns the value of parameters('name'); inside of a user
	// function, that of its argument. ErrParameter is the error for a name that
	// is not declared.
	Parameter(name string) (*value.Value, error)
	// Variable returns the value of variables('name'). ErrVariable is the
	// error for a name that is not declared.
	Variable(name string) (*value.Value, error)
	// CopyIndex returns the turn of a copy loop, from 0: of the loop with that
	// name or, for "", of the innermost resource or output loop.
	CopyIndex(name string) (*value.Value, error)
	// Context returns the object that a parameterless function of the
	// deployment's context gives: deployment, resourceGroup, subscription,
	// managementGroup, tenant or environment (CloudEnvironment makes the last).
	// Members that nobody knows are unknown values. ErrLocation is the error
	// where the scope has no such thing.
	Context(name string) (*value.Value, error)
	// Scope is the kind of scope that the template is deployed to; the form of
	// resourceId() hangs on it.
	Scope() Scope
	// Resolve returns the value of a function that is answered at deployment
	// (Kind Runtime or Random: reference, references, list*, utcNow, ...) where
	// it can be known all the same, and nil where it cannot. name is spelled as
	// in the table, list* as in the template. Arguments may be unknown.
	Resolve(name string, args []*value.Value) (*value.Value, error)
	// CallUser calls a function of the template's functions section.
	// Arguments may be unknown. ErrFunction is the error for a name that is not
	// declared.
	CallUser(namespace, name string, args []*value.Value) (*value.Value, error)
}

// Scope is the kind of scope of a deployment.
type Scope uint8

// The scopes, from narrow to wide.
const (
	ResourceGroup Scope = iota
	Subscription
	ManagementGroup
	Tenant
)

// String names the scope as it reads in a message.
func (s Scope) String() string {
	return [...]string{"resource group", "subscription", "management group", "tenant"}[s]
}

// ErrParameter is the engine's error for a parameter that is not declared.
func ErrParameter(name string) error {
	return EngineErrorf("The template parameter '%s' is not found.", name)
}

// ErrVariable is the engine's error for a variable that is not declared.
func ErrVariable(name string) error {
	return EngineErrorf("The template variable '%s' is not found.", name)
}

// ErrFunction is the engine's error for a function that does not exist.
func ErrFunction(name string) error {
	return EngineErrorf("The template function '%s' is not valid.", name)
}

// ErrLocation is the engine's error for a function that its place in the
// template does not allow.
func ErrLocation(name string) error {
	return EngineErrorf("The template function '%s' is not expected at this location.", strings.ToUpper(name))
}
