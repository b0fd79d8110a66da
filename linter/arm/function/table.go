package function

// Kind says when a function's value can be known.
type Kind uint8

// The kinds of a function.
const (
	// Deterministic functions hang on their arguments alone.
	Deterministic Kind = iota
	// Context functions hang on the template and on where it is deployed.
	Context
	// Runtime functions are answered at deployment.
	Runtime
	// Random functions give another value each time.
	Random
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"deterministic", "context", "runtime", "random"}[k]
}

// Info describes a function of the language.
type Info struct {
	Name string
	// Min and Max are the numbers of arguments; Max is -1 where there is no
	// bound.
	Min, Max int
	Kind     Kind
}
