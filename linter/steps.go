package linter

import (
	"fmt"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

// describeStep words how a value came about, for a related location.
func describeStep(o *value.Origin) string {
	switch o.Step {
	case value.ParameterDefault:
		return fmt.Sprintf("default value of parameter %q", o.Name)
	case value.ParameterFile:
		return fmt.Sprintf("value of parameter %q", o.Name)
	case value.ParameterSet:
		return fmt.Sprintf("value of parameter %q, set for this run", o.Name)
	case value.ParameterTried:
		return fmt.Sprintf("value of parameter %q, one of its possible values", o.Name)
	case value.Variable:
		return fmt.Sprintf("variable %q", o.Name)
	case value.CopyIndex:
		return fmt.Sprintf("copy loop %q, index %d", o.Name, o.Index)
	case value.NestedDeployment:
		return fmt.Sprintf("nested deployment %q", o.Name)
	case value.NestedParameter:
		return fmt.Sprintf("value of parameter %q of the nested deployment", o.Name)
	case value.LinkedFile:
		return fmt.Sprintf("linked template of deployment %q", o.Name)
	case value.OutputOf:
		return fmt.Sprintf("output %q of a nested deployment", o.Name)
	case value.Fact:
		return "what Azure says of the existing resource"
	}
	return ""
}
