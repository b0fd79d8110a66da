package function

import (
	"slices"
	"strings"
	"sync"

	"github.com/aksnetlint/aksnetlint/linter/arm/value"
)

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

// needs says what a function must know of its arguments.
type needs uint8

const (
	// whole functions need each argument, but not what an array or object
	// holds.
	whole needs = iota
	// content functions need all that arrays and objects hold too.
	content
	// nothing is for functions that deal with unknown arguments themselves.
	nothing
)

// row is one function of the language. To add a function is to add a row.
type row struct {
	name     string
	min, max int
	kind     Kind
	needs    needs
	// lazy functions evaluate their arguments themselves.
	lazy bool
	// takes is set for functions that return one of their arguments or a part
	// of it.
	takes bool
	// wraps is set for functions whose result holds the arguments as they are.
	wraps bool
	// text says how a stand-in is made for the result of unknown arguments.
	text textRule
	// reason is the doubt of a Runtime or Random function.
	reason value.Reason
	run    func(*call) (*value.Value, error)
}

// rows are all functions of the language, category by category.
func rows() []row {
	return slices.Concat(
		arrayRows, selectionRows, objectRows, comparisonRows, logicalRows, numericRows,
		stringRows, searchRows, encodingRows, uriRows, formatRows, hashRows, dateRows,
		cidrRows, lambdaRows, deploymentRows, resourceRows, scopeRows, runtimeRows,
	)
}

var index = sync.OnceValue(func() map[string]*row {
	byName := map[string]*row{}
	for _, r := range rows() {
		byName[strings.ToLower(r.name)] = &r
	}
	return byName
})

// lookup finds a function, whatever the case of its name. Every name that
// begins with "list" is a function of some resource provider.
func lookup(name string) (*row, bool) {
	lower := strings.ToLower(name)
	if r, ok := index()[lower]; ok {
		return r, true
	}
	if strings.HasPrefix(lower, "list") {
		r := listRow
		r.name = name
		return &r, true
	}
	return nil, false
}

// Lookup describes the function with that name, whatever the case of it.
func Lookup(name string) (Info, bool) {
	r, ok := lookup(name)
	if !ok {
		return Info{}, false
	}
	return Info{Name: r.name, Min: r.min, Max: r.max, Kind: r.kind}, true
}

// All describes the functions of the language in alphabetical order; list*
// stands for all functions with that prefix.
func All() []Info {
	var all []Info
	for _, r := range append(rows(), listRow) {
		all = append(all, Info{Name: r.name, Min: r.min, Max: r.max, Kind: r.kind})
	}
	slices.SortFunc(all, func(a, b Info) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all
}
