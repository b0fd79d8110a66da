package function

import (
	"fmt"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
	"github.com/aksnetlint/aksnetlint/linter/source"
)

// Diagnostic is an error in an expression. The value of the expression is
// unknown then, and the rest of the template is evaluated all the same.
type Diagnostic struct {
	// Span is the place in the text of the expression.
	Span source.Span
	// Origin is the place in the file; nil where Input.Origin is.
	Origin *value.Origin
	// Message is the engine's where its words are known.
	Message string
	// Function is the name of the function that failed, empty for accesses.
	Function string
	// Limit is set where a bound was crossed and the expression may be right.
	Limit bool
	// Uncertain is set where the place is on a branch that may not be taken.
	Uncertain bool
}

// Input is what Evaluate works with.
type Input struct {
	Env    Env
	Budget *Budget
	// Origin returns the place in the file of a span of the expression's text;
	// nil where no file holds it.
	Origin func(source.Span) *value.Origin
	// Report receives each error once; nil to drop them.
	Report func(Diagnostic)
}

// engineError is an error in the engine's own words, which begin with a capital
// and end with a full stop.
type engineError struct{ text string }

// EngineErrorf makes an error in the engine's own words.
func EngineErrorf(format string, args ...any) error {
	return &engineError{fmt.Sprintf(format, args...)}
}

func (e *engineError) Error() string { return e.text }
