package function

import (
	"context"
	"errors"
	"fmt"
)

// Limits bound the work for one root template with all that it deploys.
type Limits struct {
	// Steps is the number of nodes evaluated and elements handled.
	Steps int64
	// Text is the length of one string in bytes.
	Text int64
	// TotalText is the length of all strings made, in bytes.
	TotalText int64
	// Items is the number of elements of one array or members of one object.
	Items int64
	// Depth is the number of parameters, variables, user functions, lambdas and
	// deployments being evaluated inside of each other.
	Depth int
}

// DefaultLimits are far beyond any template that Azure accepts.
func DefaultLimits() Limits {
	return Limits{Steps: 5_000_000, Text: 1 << 20, TotalText: 64 << 20, Items: 100_000, Depth: 512}
}

// maxNodes bounds the expression nodes being evaluated inside of each other,
// and so the stack.
const maxNodes = 20_000

// itemSteps is what an element costs, so that the steps bound the memory too.
const itemSteps = 4

// ErrLimit is wrapped by every error of a Budget.
var ErrLimit = errors.New("limit reached")

// Budget counts the work for one root template against its limits. Work is
// charged before it is done and before memory is taken. A budget is used by
// one goroutine.
type Budget struct {
	ctx         context.Context
	limits      Limits
	steps       int64
	text        int64
	depth       int
	nodes       int
	speculation int
	// spent is the error of a limit that no later work can pass.
	spent error
}

// NewBudget makes a budget that also ends with ctx.
func NewBudget(ctx context.Context, limits Limits) *Budget {
	return &Budget{ctx: ctx, limits: limits}
}

// Step charges n steps.
func (b *Budget) Step(n int64) error {
	if b.spent != nil {
		return b.spent
	}
	before := b.steps
	if n < 0 || n > b.limits.Steps-b.steps {
		b.spent = fmt.Errorf("%w: evaluation takes more than %d steps", ErrLimit, b.limits.Steps)
		return b.spent
	}
	b.steps += n
	// The context is asked now and then only: it costs more than a step.
	if before>>8 != b.steps>>8 && b.ctx.Err() != nil {
		b.spent = fmt.Errorf("%w: evaluation was ended: %w", ErrLimit, context.Cause(b.ctx))
		return b.spent
	}
	return nil
}

// Text charges a string of n bytes that is about to be made.
func (b *Budget) Text(n int64) error {
	if b.spent != nil {
		return b.spent
	}
	if n < 0 || n > b.limits.Text {
		return fmt.Errorf("%w: a string would be longer than %d bytes", ErrLimit, b.limits.Text)
	}
	if n > b.limits.TotalText-b.text {
		b.spent = fmt.Errorf("%w: all strings together would be longer than %d bytes", ErrLimit, b.limits.TotalText)
		return b.spent
	}
	b.text += n
	return b.Step(n >> 6)
}

// Items charges an array or object of n elements that is about to be made.
func (b *Budget) Items(n int64) error {
	if b.spent == nil && (n < 0 || n > b.limits.Items) {
		return fmt.Errorf("%w: an array or object would have more than %d elements", ErrLimit, b.limits.Items)
	}
	return b.Step(itemSteps * n)
}

// Enter begins the evaluation of something inside of what is being evaluated
// (a parameter, variable, lambda, user function or deployment). Leave must
// follow if and only if the error is nil.
func (b *Budget) Enter() error {
	if b.spent != nil {
		return b.spent
	}
	if b.depth >= b.limits.Depth {
		return fmt.Errorf("%w: evaluation is nested deeper than %d", ErrLimit, b.limits.Depth)
	}
	b.depth++
	return nil
}

// Leave ends what Enter began.
func (b *Budget) Leave() { b.depth-- }

// enterNode is Enter for a node of an expression.
func (b *Budget) enterNode() error {
	if b.nodes >= maxNodes {
		return fmt.Errorf("%w: evaluation is nested deeper than %d expression nodes", ErrLimit, maxNodes)
	}
	if err := b.Step(1); err != nil {
		return err
	}
	b.nodes++
	return nil
}

func (b *Budget) leaveNode() { b.nodes-- }

// Speculating says whether the expression being evaluated stands on a branch
// that may not be taken, because a condition is not known: an error found now
// is not certain.
func (b *Budget) Speculating() bool { return b.speculation > 0 }

// Speculate runs f on a branch that may not be taken.
func (b *Budget) Speculate(f func()) {
	b.speculation++
	defer func() { b.speculation-- }()
	f()
}
