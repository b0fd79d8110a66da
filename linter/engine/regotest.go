package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// TestResult is the outcome of one test rule of a _test.rego file.
type TestResult struct {
	Package string
	Name    string
	// Place is the test's file:line:col.
	Place string
	Pass  bool
	// Skip marks a todo_ test.
	Skip bool
	// Message says what a failed test printed or failed with.
	Message  string
	Duration time.Duration
}

// Coverage says which lines of a module no test evaluated.
type Coverage struct {
	Path string
	// Percent of the lines with rules and expressions that were evaluated.
	Percent float64
	// Uncovered are the other lines, from 1.
	Uncovered []int
}

const (
	testSuffix = "_test.rego"
	// testTime bounds one test.
	testTime = 30 * time.Second
)

// TestModules runs the Rego unit tests among the modules. Data are the base
// documents that tests see, nil for none. Coverage is of the modules that are
// not tests, by path. The error is for modules that do not parse or compile (a
// *LoadError).
func TestModules(ctx context.Context, modules []Module, data map[string]any) ([]TestResult, []Coverage, error) {
	caps := capabilities()
	var p problems
	parsedModules := make(map[string]*ast.Module, len(modules))
	for _, m := range modules {
		module, err := parseCustom(&m, caps)
		if err != nil {
			p.opa(m.Path, err)
			continue
		}
		parsedModules[m.Path] = module
	}
	if err := p.err(); err != nil {
		return nil, nil, err
	}
	base, err := plainValue(emptyIfNil(data))
	if err != nil {
		return nil, nil, fmt.Errorf("data of the tests: %w", err)
	}
	store := inmem.NewFromASTObject(base.(ast.Object))
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("running Rego tests: %w", err)
	}
	defer store.Abort(ctx, txn)
	coverage := cover.New()
	runner := tester.NewRunner().
		SetCompiler(ast.NewCompiler().WithCapabilities(caps).WithEnablePrintStatements(true)).
		SetStore(store).
		SetModules(parsedModules).
		SetCoverageQueryTracer(coverage).
		SetTimeout(testTime).
		CapturePrintOutput(true)
	results, err := runner.RunTests(ctx, txn)
	if err != nil {
		var list ast.Errors
		if errors.As(err, &list) {
			p.opa("", list)
			return nil, nil, p.err()
		}
		return nil, nil, fmt.Errorf("running Rego tests: %w", err)
	}
	var out []TestResult
	for r := range results {
		out = append(out, testResult(r))
	}
	slices.SortFunc(out, func(a, b TestResult) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name))
	})
	return out, uncovered(coverage.Report(parsedModules)), nil
}

func emptyIfNil(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

func testResult(r *tester.Result) TestResult {
	out := TestResult{
		Package: r.Package, Name: r.Name, Place: place(r.Location),
		Pass: r.Pass(), Skip: r.Skip, Duration: r.Duration,
		Message: strings.TrimSpace(string(r.Output)),
	}
	if r.Error != nil {
		out.Message = strings.TrimSpace(out.Message + "\n" + r.Error.Error())
	}
	return out
}

// uncovered lists the coverage of what is no test.
func uncovered(report cover.Report) []Coverage {
	var out []Coverage
	for path, file := range report.Files {
		if strings.HasSuffix(path, testSuffix) {
			continue
		}
		c := Coverage{Path: path, Percent: file.Coverage}
		for _, r := range file.NotCovered {
			for line := r.Start.Row; line <= r.End.Row; line++ {
				c.Uncovered = append(c.Uncovered, line)
			}
		}
		slices.Sort(c.Uncovered)
		c.Uncovered = slices.Compact(c.Uncovered)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Coverage) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Format is a module's text as "opa fmt" writes it.
func Format(m Module) ([]byte, error) {
	out, err := format.SourceWithOpts(m.Path, m.Text, format.Opts{RegoVersion: ast.RegoV1})
	if err != nil {
		return nil, fmt.Errorf("formatting %s: %w", m.Path, err)
	}
	return out, nil
}
