// Package abstract evaluates compiled Rego over inputs in which some values
// are not known.
//
// Each solution of a body is either certain (it exists whatever the unknown
// values turn out to be) or possible (it exists for some of them), and a
// possible one carries the unknowns that it hangs on. An unknown flows along
// like any value; inspecting it makes what follows possible. What the
// interpreter cannot follow is an error, never a verdict.
package abstract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/aksnetlint/aksnetlint/linter/engine/internal/pack"
)

// The errors of Verdict, beside those of built-in functions.
var (
	// ErrUnsupported says that a construct cannot be followed.
	ErrUnsupported = errors.New("construct is not supported with unknown values")
	// ErrBudget says that evaluation took more steps than allowed.
	ErrBudget = errors.New("evaluation takes too many steps")
	// ErrLooked says that a verdict looks at an unknown, where Config.Blind forbids it.
	ErrLooked = errors.New("evaluation looks at an unknown")
)

// Config is what an Interpreter evaluates.
type Config struct {
	// Program holds the compiled modules.
	Program *Program
	// Data are the base documents.
	Data ast.Value
	// Input is the input, with a variable for each unknown value. Names of
	// these variables start with a question mark, followed by a digit.
	Input ast.Value
	// Kinds are the unknowns of Input that are known to be there, with what is known
	// to be their type, as type_name calls it, or one of those below.
	Kinds map[ast.Var]string
	// Steps bounds the work for one verdict; 0 means DefaultSteps.
	Steps int
	// Time bounds the time for one verdict; 0 means no bound.
	Time time.Duration
	// Blind ends a verdict soon after its first look at an unknown, with ErrLooked.
	Blind bool
	// Print receives the text of each print() call that may be reached; nil drops it.
	Print func(loc *ast.Location, text string)
}

// Types of Config.Kinds beside those of type_name.
const (
	// ObjectOfTexts is the type of an object whose members are all texts.
	ObjectOfTexts = "object of texts"
	// PortNumber is the type of a whole number from MinPort to MaxPort.
	PortNumber = "port number"

	MinPort, MaxPort = 1, 65535
)

// DefaultSteps bounds one verdict where Config does not.
const DefaultSteps = 300_000

// maxDepth bounds how deep calls and rules may nest.
const maxDepth = 200

// Member is one member of a partial set.
type Member struct {
	// Value holds variables where it is not known.
	Value ast.Value
	// Certain members are in the set whatever the unknowns are.
	Certain bool
	// Unknowns are the input's variables that the member hangs on, where it is
	// not certain, and those in its value, in order of first use.
	Unknowns []ast.Var
}

// Interpreter evaluates rules over one input. What several rules use is
// evaluated once. It is not safe for concurrent use.
type Interpreter struct {
	program *Program
	data    ast.Value
	ctx     context.Context
	// deadline is when the present verdict must be there.
	deadline time.Time
	steps    int
	limit    int
	time     time.Duration
	depth    int
	print    func(*ast.Location, string)
	blind    bool

	lookups *lookups
	// world is what input, data and memos are at the moment.
	world    *world
	unknowns unknowns
	// frames are those that nobody uses.
	frames []*frame
	// outcomes are lists that nobody uses.
	outcomes [][]outcome
	// args are the arguments of the calls that are going on, of the inner ones after
	// those of the outer.
	args []ast.Value
	bctx topdown.BuiltinContext
	// touched are the unknowns that the current verdict has inspected.
	touched taint
}

// New makes an interpreter.
func New(c Config) *Interpreter {
	in := &Interpreter{
		program:  c.Program,
		data:     c.Data,
		limit:    c.Steps,
		time:     c.Time,
		print:    c.Print,
		blind:    c.Blind,
		unknowns: unknowns{info: map[ast.Var]*info{}, inside: map[ast.Value]taint{}},
	}
	if in.limit <= 0 {
		in.limit = DefaultSteps
	}
	for name, typ := range c.Kinds {
		in.unknowns.present(name, typ)
	}
	in.world = newWorld(c.Input)
	return in
}

// Verdict evaluates the partial set of the reference. Touched are the input's
// unknowns that were inspected on the way, also where there is an error.
func (in *Interpreter) Verdict(ctx context.Context, set ast.Ref) (members []Member, touched []ast.Var, err error) {
	in.ctx, in.steps, in.depth, in.touched = ctx, 0, 0, nil
	in.deadline = time.Time{}
	if in.time > 0 {
		in.deadline = time.Now().Add(in.time)
	}
	in.bctx = builtinContext(in)
	in.lookups = in.program.borrow()
	defer func() {
		in.program.spare.Put(in.lookups)
		touched = in.unknowns.names(in.touched)
	}()
	node := in.program.find(set)
	if node == nil || len(node.Values) == 0 || pack.RulesAt(node)[0].Head.RuleKind() != ast.MultiValue {
		return nil, nil, fmt.Errorf("%w: %s is no partial set", ErrUnsupported, set)
	}
	ext, err := in.partialSet(node)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range ext {
		t := m.st.taint.union(in.taintOf(m.val))
		members = append(members, Member{Value: m.val, Certain: !m.st.possible, Unknowns: in.unknowns.names(t)})
	}
	return members, nil, nil
}

// Touched says whether the last verdict inspected an unknown.
func (in *Interpreter) Touched(name ast.Var) bool {
	return slices.Contains(in.unknowns.names(in.touched), name)
}

// step counts work and looks at the context from time to time.
func (in *Interpreter) step() error {
	in.steps++
	if in.steps > in.limit {
		return ErrBudget
	}
	if in.blind && len(in.touched) > 0 {
		return ErrLooked
	}
	if in.steps%1024 == 0 {
		return in.expired()
	}
	return nil
}

// Expired says whether the last verdict took more than its time.
func (in *Interpreter) Expired() bool { return in.expired() != nil }

// expired is the error of a context that is done, or of a deadline that passed.
func (in *Interpreter) expired() error {
	if err := in.ctx.Err(); err != nil {
		return err
	}
	if !in.deadline.IsZero() && time.Now().After(in.deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

func (in *Interpreter) enter() error {
	if in.depth++; in.depth > maxDepth {
		return fmt.Errorf("%w: rules nest deeper than %d", ErrUnsupported, maxDepth)
	}
	return in.step()
}

func (in *Interpreter) leave() { in.depth-- }

func unsupported(what string, loc *ast.Location) error {
	if loc == nil {
		return fmt.Errorf("%w: %s", ErrUnsupported, what)
	}
	return fmt.Errorf("%w: %s at %s:%d", ErrUnsupported, what, loc.File, loc.Row)
}
